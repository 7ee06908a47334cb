"""Tokens as admins see them: never with their secret."""

from datetime import UTC, datetime
from typing import Annotated, TypeAlias

import strawberry
from sqlalchemy.orm import Session

from careergraph.api.base.arguments import Info
from careergraph.api.base.describe import field, input_type, object_type
from careergraph.api.editing.ask import sees
from careergraph.api.editing.enums import DocumentType, Role
from careergraph.api.editing.keys import DocumentKey
from careergraph.api.editing.outcome import Rejected
from careergraph.editorial.access import actor as actors
from careergraph.editorial.access.roles import Verb, may
from careergraph.editorial.access.sign_in import scope_of
from careergraph.editorial.preview.preview import Selection
from careergraph.editorial.verbs.access.create_token import Granted
from careergraph.store.access import tokens


@input_type
class ScopeInput:
    """What of the content may be touched. What is left out is not limited."""

    types: list[DocumentType] | None = strawberry.field(default=None, description="Only documents of these types.")
    locales: list[str] | None = strawberry.field(default=None, description="Only texts in these locales.")
    attributes: list[str] | None = strawberry.field(
        default=None, description="Only values of these attributes, and the attributes themselves."
    )


@object_type
class Scope:
    """What of the content may be touched."""

    of: strawberry.Private[actors.Scope]

    @field
    def types(self) -> list[DocumentType] | None:
        """Only documents of these types; null for all."""
        return None if self.of.types is None else [DocumentType(it.upper()) for it in sorted(self.of.types)]

    @field
    def locales(self) -> list[str] | None:
        """Only texts in these locales; null for all."""
        return None if self.of.locales is None else sorted(self.of.locales)

    @field
    def attributes(self) -> list[str] | None:
        """Only values of these attributes, and the attributes themselves; null for all."""
        return None if self.of.attributes is None else sorted(self.of.attributes)


@object_type
class Token:
    """A token that gives a program access, without its secret."""

    of: strawberry.Private[tokens.Token]

    @field
    def prefix(self) -> str:
        """What it is known by: the part of the secret that is no secret."""
        return self.of.prefix

    @field
    def name(self) -> str:
        """What it is called."""
        return self.of.grant.name

    @field
    def role(self) -> Role:
        """The role it acts in."""
        return Role(self.of.grant.role or Role.VIEWER.value)

    @field
    def scope(self) -> Scope:
        """What it may touch."""
        return Scope(scope_of(self.of.grant.scopes))

    @field
    def created_by(self) -> str:
        """Who made it."""
        return self.of.grant.created_by

    @field
    def created_at(self) -> datetime:
        """When it was made."""
        return self.of.created_at

    @field
    def expires_at(self) -> datetime | None:
        """When it expires; null where it does not."""
        return self.of.grant.expires_at

    @field
    def last_used_at(self) -> datetime | None:
        """When it was last used, to the minute; null where it never was."""
        return self.of.last_used_at

    @field
    def revoked_at(self) -> datetime | None:
        """When it was revoked; null where it was not."""
        return self.of.revoked_at

    @field
    def good(self) -> bool:
        """Whether it still gives access."""
        return self.of.good(datetime.now(UTC))


@object_type
class PreviewToken:
    """A token under which drafts or a release can be read for a while, without its secret."""

    of: strawberry.Private[tokens.Token]

    @field
    def prefix(self) -> str:
        """What it is known by: the part of the secret that is no secret."""
        return self.of.prefix

    @field
    def name(self) -> str:
        """What it is called."""
        return self.of.grant.name

    @field
    def documents(self, info: Info) -> list[DocumentKey]:
        """The documents whose drafts it shows, as far as they are within one's scope; none where it shows a release."""
        return [DocumentKey(it) for it in self._selection().keys if sees(info.context, it)]

    @field
    def release(self) -> str | None:
        """The slug of the release that it shows; null where it shows documents."""
        return self._selection().release

    @field
    def created_by(self) -> str:
        """Who gave it out."""
        return self.of.grant.created_by

    @field
    def created_at(self) -> datetime:
        """When it was given out."""
        return self.of.created_at

    @field
    def expires_at(self) -> datetime | None:
        """When it expires."""
        return self.of.grant.expires_at

    @field
    def revoked_at(self) -> datetime | None:
        """When it was revoked; null where it was not."""
        return self.of.revoked_at

    @field
    def good(self) -> bool:
        """Whether it still shows anything."""
        return self.of.good(datetime.now(UTC))

    def _selection(self) -> Selection:
        return Selection.read(self.of.grant.selection or {})


def previews_of(session: Session, actor: actors.Actor) -> list[PreviewToken]:
    """The previews that an actor may end, newest first."""
    every = may(actor, Verb.REVOKE_PREVIEW)
    previews = tokens.tokens(session, tokens.Kind.PREVIEW)
    return [PreviewToken(it) for it in previews if every or it.grant.created_by == actor.name]


def scope_given(scope: ScopeInput | None) -> actors.Scope | None:
    """A scope as the verbs know it; None where none is given."""
    if scope is None:
        return None
    types = None if scope.types is None else [it.value.lower() for it in scope.types]
    return actors.Scope.of(types, scope.locales, scope.attributes)


@object_type
class CreatedToken:
    """A new token with its secret, which nobody sees again."""

    of: strawberry.Private[Granted]

    @field
    def token(self) -> Token:
        """The token."""
        return Token(self.of.token)

    @field
    def secret(self) -> str:
        """The secret: a program sends it as `Authorization: Bearer`, with a blank between. Only its hash is kept."""
        return self.of.secret


@object_type
class CreatedPreview:
    """A new preview with its secret, which nobody sees again."""

    of: strawberry.Private[Granted]

    @field
    def preview(self) -> PreviewToken:
        """The preview."""
        return PreviewToken(self.of.token)

    @field
    def secret(self) -> str:
        """The secret: whoever sends it in the header `X-Careergraph-Preview` reads as if the drafts were published."""
        return self.of.secret


CreateTokenResult: TypeAlias = Annotated[
    CreatedToken | Rejected,
    strawberry.union("CreateTokenResult", description="How creating a token can end."),
]
RevokeTokenResult: TypeAlias = Annotated[
    Token | Rejected,
    strawberry.union("RevokeTokenResult", description="How revoking a token can end."),
]
CreatePreviewResult: TypeAlias = Annotated[
    CreatedPreview | Rejected,
    strawberry.union("CreatePreviewResult", description="How giving out a preview can end."),
]
RevokePreviewResult: TypeAlias = Annotated[
    PreviewToken | Rejected,
    strawberry.union("RevokePreviewResult", description="How ending a preview can end."),
]
