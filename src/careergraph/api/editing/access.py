"""Access: the editor who asks, with role and scope, and access tokens, never with their secret."""

from datetime import UTC, datetime

from careergraph.api.base.declare import Mirror, attr, child, input_field, input_type, object_type
from careergraph.api.editing.enums import DocumentType, Role
from careergraph.editorial.access import actor as actors
from careergraph.editorial.access.roles import ROLES, Verb
from careergraph.editorial.verbs.access.tokens import Granted
from careergraph.store.access import tokens


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


@input_type("A filter of access tokens. All conditions that are set must hold.")
class TokenFilter:
    good: bool | None = input_field("Only those that still give access, or only the others.", default=None)
    role: Role | None = input_field("In this role.", default=None)
    text: str | None = input_field("With this text in the name.", default=None)
    created_by: str | None = input_field("Made by this person.", default=None)


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
