"""The verbs on previews and access tokens, as mutations."""

from datetime import datetime
from typing import Annotated

import strawberry

from careergraph.api.base.arguments import Info
from careergraph.api.base.describe import field, object_type
from careergraph.api.base.field_meta import traits
from careergraph.api.editing.arguments import Prefix, ReleaseArgument, SomeKeys
from careergraph.api.editing.ask import run_verb_or_reject
from careergraph.api.editing.enums import Role
from careergraph.api.editing.keys import selection_of
from careergraph.api.editing.mutations.document_verbs import WRITE
from careergraph.api.editing.token import (
    CreatedPreview,
    CreatedToken,
    CreatePreviewResult,
    CreateTokenResult,
    PreviewToken,
    RevokePreviewResult,
    RevokeTokenResult,
    ScopeInput,
    Token,
    scope_given,
)
from careergraph.editorial.access import actor as people
from careergraph.editorial.verbs.access.create_preview import create_preview
from careergraph.editorial.verbs.access.create_token import create_token
from careergraph.editorial.verbs.access.revoke_preview import revoke_preview
from careergraph.editorial.verbs.access.revoke_token import revoke_token

Name = Annotated[str, strawberry.argument(description="What people will know it by.")]
Ends = Annotated[datetime, strawberry.argument(description="When it ends, with a time zone; at most 90 days from now.")]
Until = Annotated[
    datetime | None,
    strawberry.argument(description="When it expires, with a time zone; by default when it is revoked."),
]
As = Annotated[Role, strawberry.argument(description="The role that it acts in; no wider than one's own.")]
Within = Annotated[
    ScopeInput | None,
    strawberry.argument(description="What it may touch, no wider than one's own scope, which it is by default."),
]


@object_type
class AccessVerbs:
    """The verbs on previews and access tokens."""

    @field
    @traits(weight=WRITE)
    def create_preview(
        self, info: Info, name: Name, expires_at: Ends, documents: SomeKeys = None, release: ReleaseArgument = None
    ) -> CreatePreviewResult | None:
        """Gives out a preview of some drafts, or of a release with whatever it holds when it is looked at. Every query
        of the public API works in it."""
        selection = selection_of(documents, release)
        return run_verb_or_reject(
            info.context,
            lambda it, actor: create_preview(it, actor, name, selection, expires_at=expires_at),
            CreatedPreview,
        )

    @field
    @traits(weight=WRITE)
    def revoke_preview(self, info: Info, prefix: Prefix) -> RevokePreviewResult | None:
        """Ends a preview at once."""
        return run_verb_or_reject(info.context, lambda it, actor: revoke_preview(it, actor, prefix), PreviewToken)

    @field
    @traits(weight=WRITE)
    def create_token(
        self, info: Info, name: Name, role: As, scope: Within = None, expires_at: Until = None
    ) -> CreateTokenResult | None:
        """Gives a program access."""
        token_scope = scope_given(scope)
        return run_verb_or_reject(
            info.context,
            lambda it, actor: create_token(
                it, actor, name, people.Role(role.value), scope=token_scope, expires_at=expires_at
            ),
            CreatedToken,
        )

    @field
    @traits(weight=WRITE)
    def revoke_token(self, info: Info, prefix: Prefix) -> RevokeTokenResult | None:
        """Ends the access of a token at once."""
        return run_verb_or_reject(info.context, lambda it, actor: revoke_token(it, actor, prefix), Token)
