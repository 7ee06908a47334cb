"""Access: the user, roles and scopes, access tokens and previews, never with their secret."""

from datetime import UTC, datetime
from typing import Annotated, Any

import strawberry

from careergraph.api.base.arguments import Info
from careergraph.api.base.codes import EditorCode, refused
from careergraph.api.base.declare import Mirror, argument, attr, child, computed, input_field, input_type, object_type
from careergraph.api.base.enums import PreviewMode
from careergraph.api.editing.enums import DocumentType, Role
from careergraph.api.editing.keys import DocumentKey
from careergraph.api.editing.transaction import database_of, read, sees
from careergraph.editorial.access import actor as actors
from careergraph.editorial.access.roles import ROLES, Verb, may
from careergraph.editorial.preview.selection import Selection, selection_of
from careergraph.editorial.preview.sites import fill, path_of
from careergraph.editorial.verbs.access.tokens import Granted
from careergraph.store.access import tokens
from careergraph.store.database.sorted_query import SortedQuery


@input_type("A limit of rights to parts of the content. A field that is left out limits nothing.")
class ScopeInput:
    types: list[DocumentType] | None = input_field("Only documents of these types.", default=None)
    locales: list[str] | None = input_field("Only texts in these locales.", default=None)
    attributes: list[str] | None = input_field(
        "Only values of these attributes, and the attributes themselves.", default=None
    )


@object_type(actors.Scope, "A limit of rights to parts of the content.")
class Scope(Mirror):
    types: list[DocumentType] | None = attr(
        "Only documents of these types; null for all.",
        lambda of: None if of.types is None else [DocumentType(it.upper()) for it in sorted(of.types)],
    )
    locales: list[str] | None = attr(
        "Only texts in these locales; null for all.", lambda of: None if of.locales is None else sorted(of.locales)
    )
    attributes: list[str] | None = attr(
        "Only values of these attributes, and the attributes themselves; null for all.",
        lambda of: None if of.attributes is None else sorted(of.attributes),
    )


@object_type(actors.Actor, "The editor who sends the request.")
class EditorUser(Mirror):
    name: str = attr("The name that revisions and the audit log keep.")
    display_name: str = attr("The name for people to read.", lambda of: of.display_name or of.name)
    role: Role = attr("The role.")
    scope: Scope = child("The limit of the editor's rights.")
    verbs: list[str] = attr(
        "The rights of the role, by the names in `docs/reference/roles.md`.",
        lambda of: [verb.value for verb in Verb if verb in ROLES[of.role]],
    )


@object_type(tokens.Token, "A token that gives a program access, without its secret.")
class Token(Mirror):
    prefix: str = attr("The public part of the secret, which identifies it.")
    name: str = attr("Its name.", "grant.name")
    role: Role = attr("The role it acts in.", lambda of: Role(of.grant.role or Role.VIEWER.value))
    scope: Scope = child("The limit of its rights.", lambda of: actors.Scope.of(**(of.grant.scopes or {})))
    created_by: str = attr("Who made it.", "grant.created_by")
    created_at: datetime = attr("When it was made.")
    expires_at: datetime | None = attr("When it expires; null where it does not.", "grant.expires_at")
    last_used_at: datetime | None = attr("When it was last used, to the minute; null where it never was.")
    revoked_at: datetime | None = attr("When it was revoked; null where it was not.")
    good: bool = attr("Whether it still gives access.", lambda of: of.good(datetime.now(UTC)))


@object_type(tokens.Token, "A token under which drafts or a release can be read for a while, without its secret.")
class PreviewToken(Mirror):
    of: strawberry.Private[tokens.Token]

    prefix: str = attr("The public part of the secret, which identifies it.")
    name: str = attr("Its name.", "grant.name")

    @computed(
        "The documents whose drafts it shows, by their present names, as far as they are within one's scope; none "
        "where it shows a release.",
        cost=2,
    )
    def documents(self, info: Info) -> list[DocumentKey]:
        selection = read(info, lambda session: selection_of(session, self.of))
        return [DocumentKey(it) for it in selection.keys if sees(info, it)]

    @computed("The slug of the release that it shows; null where it shows documents.")
    def release(self) -> str | None:
        return self._selection().release

    @computed("Which revisions it shows.")
    def mode(self) -> PreviewMode:
        return PreviewMode(self._selection().mode.value)

    created_by: str = attr("Who gave it out.", "grant.created_by")
    created_at: datetime = attr("When it was given out.")
    expires_at: datetime | None = attr("When it expires.", "grant.expires_at")
    revoked_at: datetime | None = attr("When it was revoked; null where it was not.")
    good: bool = attr("Whether it still shows anything.", lambda of: of.good(datetime.now(UTC)))

    def _selection(self) -> Selection:
        return Selection.read(self.of.grant.selection or {})


@input_type("A filter of access tokens. All conditions that are set must hold.")
class TokenFilter:
    good: bool | None = input_field("Only those that still give access, or only the others.", default=None)
    role: Role | None = input_field("In this role.", default=None)
    text: str | None = input_field("With this text in the name.", default=None)
    created_by: str | None = input_field("Made by this person.", default=None)


@input_type("A filter of previews. All conditions that are set must hold.")
class PreviewFilter:
    good: bool | None = input_field("Only those that still show anything, or only the others.", default=None)
    text: str | None = input_field("With this text in the name.", default=None)
    created_by: str | None = input_field("Given out by this person.", default=None)
    release: str | None = input_field("Of the release of this slug.", default=None)


def list_previews(actor: actors.Actor, **conditions: Any) -> SortedQuery[tokens.Token]:
    """Return the previews that an actor may end, narrowed as `tokens.list_tokens` does."""
    if not may(actor, Verb.REVOKE_PREVIEW):
        conditions["only_by"] = actor.name
    return tokens.list_tokens(tokens.Kind.PREVIEW, **conditions)


def scope_given(scope: ScopeInput | None) -> actors.Scope | None:
    """The scope of an input; None without one."""
    if scope is None:
        return None
    types = None if scope.types is None else [it.value.lower() for it in scope.types]
    return actors.Scope.of(types=types, locales=scope.locales, attributes=scope.attributes)


@object_type(Granted, "A new token with its secret, which nobody sees again.")
class CreatedToken(Mirror):
    token: Token = child("The token.")
    secret: str = attr(
        "The secret: a program sends it as `Authorization: Bearer`, with a blank between. Only its hash is kept."
    )


Site = Annotated[str | None, argument("The name of the site; by default the first one.")]
Path = Annotated[
    str | None,
    argument("The path of the page on the site; by default that of the first document in the pages of careergraph."),
]


@object_type(Granted, "A new preview with its secret, which nobody sees again.")
class CreatedPreview(Mirror):
    of: strawberry.Private[Granted]

    preview: PreviewToken = child("The preview.", "token")
    secret: str = attr(
        "The secret: requests with it in the header `X-Careergraph-Preview` read the drafts as if they were published."
    )

    @computed(
        "The address at which a site shows the preview, with the secret in it: of the setting `preview_sites`. Null "
        "where there is no such site. Whoever has the address reads the drafts."
    )
    def preview_url(self, info: Info, site: Site = None, path: Path = None) -> str | None:
        sites = database_of(info).preview_sites
        template = sites.get(site or next(iter(sites), ""))
        if template is None:
            return None
        keys = Selection.read(self.of.token.grant.selection or {}).keys
        page = path_of(next(iter(keys), None)) if path is None else path
        if not page.startswith("/") or page.startswith(("//", "/\\")):
            raise refused(EditorCode.BAD_USER_INPUT, "A path begins with one slash.")
        return fill(template, self.of.secret, page)
