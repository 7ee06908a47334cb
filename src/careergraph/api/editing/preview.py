"""Previews: which drafts they show, until when, and the address of one on a site; never with their secret."""

from datetime import UTC, datetime
from typing import Annotated, Any

import strawberry

from careergraph.api.base.arguments import Info
from careergraph.api.base.codes import EditorCode, refused
from careergraph.api.base.declare import Mirror, argument, attr, child, computed, input_field, input_type, object_type
from careergraph.api.base.enums import PreviewMode
from careergraph.api.editing.keys import DocumentKey
from careergraph.api.editing.transaction import database_of, read, sees
from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, may
from careergraph.editorial.preview.selection import Selection, selection_of
from careergraph.editorial.preview.sites import fill, path_of
from careergraph.editorial.verbs.access.tokens import Granted
from careergraph.store.access import tokens
from careergraph.store.database.sorted_query import SortedQuery


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


@input_type("A filter of previews. All conditions that are set must hold.")
class PreviewFilter:
    good: bool | None = input_field("Only those that still show anything, or only the others.", default=None)
    text: str | None = input_field("With this text in the name.", default=None)
    created_by: str | None = input_field("Given out by this person.", default=None)
    release: str | None = input_field("Of the release of this slug.", default=None)


def list_previews(actor: Actor, **conditions: Any) -> SortedQuery[tokens.Token]:
    """Return the previews that an actor may end, narrowed as `tokens.list_tokens` does."""
    if not may(actor, Verb.REVOKE_PREVIEW):
        conditions["only_by"] = actor.name
    return tokens.list_tokens(tokens.Kind.PREVIEW, **conditions)


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
