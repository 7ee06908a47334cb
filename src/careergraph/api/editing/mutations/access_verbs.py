"""The verbs on previews, access tokens and people, as mutations."""

from datetime import datetime
from typing import Annotated

from sqlalchemy.orm import Session

from careergraph.api.base.arguments import Info
from careergraph.api.base.declare import argument, computed, root_type, union
from careergraph.api.base.enums import PreviewMode
from careergraph.api.editing.access import CreatedToken, ScopeInput, Token, scope_given
from careergraph.api.editing.arguments import OfSomeBases, Prefix, ReleaseArgument
from careergraph.api.editing.enums import Role
from careergraph.api.editing.mutations.document_verbs import WRITE
from careergraph.api.editing.outcome import Conflict, Rejected
from careergraph.api.editing.people import Person
from careergraph.api.editing.preview import CreatedPreview, PreviewToken
from careergraph.api.editing.transaction import run_verb, run_verb_or_reject
from careergraph.editorial.access import actor as actors
from careergraph.editorial.access.actor import Actor
from careergraph.editorial.preview import selection
from careergraph.editorial.verbs.access.people import erase_person
from careergraph.editorial.verbs.access.tokens import (
    Granted,
    create_preview,
    create_token,
    revoke_preview,
    revoke_token,
)

Name = Annotated[str, argument("Its name, for people.")]
Ends = Annotated[datetime, argument("When it ends, with a time zone; at most 90 days from now.")]
Until = Annotated[datetime | None, argument("When it expires, with a time zone; by default when it is revoked.")]
Named = Annotated[str, argument("The name of the person, which stays.")]
As = Annotated[Role, argument("The role that it acts in; no wider than one's own.")]
Within = Annotated[ScopeInput | None, argument("Its scope, no wider than one's own, which is the default.")]

CreateTokenResult = Annotated[CreatedToken | Rejected, union("CreateTokenResult", "How creating a token can end.")]
RevokeTokenResult = Annotated[Token | Rejected, union("RevokeTokenResult", "How revoking a token can end.")]
CreatePreviewResult = Annotated[
    CreatedPreview | Rejected | Conflict, union("CreatePreviewResult", "How giving out a preview can end.")
]
SeenState = Annotated[
    str,
    argument("With `release`: its state that you saw (`Release.state`). Nothing is done if it is another one."),
]
Mode = Annotated[PreviewMode, argument("Which revisions it shows.")]
RevokePreviewResult = Annotated[PreviewToken | Rejected, union("RevokePreviewResult", "How ending a preview can end.")]

ErasePersonResult = Annotated[
    Person | Rejected, union("ErasePersonResult", "How erasing the display name of a person can end.")
]


@root_type("The verbs on previews, access tokens and people.")
class AccessVerbs:
    @computed(
        "Creates a preview of some drafts, or of a release, as you saw them. It follows them, or stays with these "
        "revisions. Drafts that are not publishable yet are shown as far as they go (`CatalogInfo.preview`). Every "
        "query of the public API works in it.",
        cost=WRITE,
    )
    def create_preview(  # noqa: PLR0913, PLR0917 - the fields of a preview
        self,
        info: Info,
        name: Name,
        expires_at: Ends,
        bases: OfSomeBases,
        release: ReleaseArgument = None,
        state: SeenState = "",
        mode: Mode = PreviewMode.FOLLOWING,
    ) -> CreatePreviewResult | None:
        def create(session: Session, actor: Actor) -> Granted:
            revisions = selection.PreviewMode(mode.value)
            return create_preview(
                session, actor, name, bases, expires_at=expires_at, release=release, state=state, mode=revisions
            )

        return run_verb(info, create, CreatedPreview)

    @computed("Ends a preview at once.", cost=WRITE)
    def revoke_preview(self, info: Info, prefix: Prefix) -> RevokePreviewResult | None:
        return run_verb_or_reject(info, lambda it, actor: revoke_preview(it, actor, prefix), PreviewToken)

    @computed("Gives a program access.", cost=WRITE)
    def create_token(
        self, info: Info, name: Name, role: As, scope: Within = None, expires_at: Until = None
    ) -> CreateTokenResult | None:
        token_scope = scope_given(scope)
        return run_verb_or_reject(
            info,
            lambda it, actor: create_token(
                it, actor, name, actors.Role(role.value), scope=token_scope, expires_at=expires_at
            ),
            CreatedToken,
        )

    @computed("Ends the access of a token at once.", cost=WRITE)
    def revoke_token(self, info: Info, prefix: Prefix) -> RevokeTokenResult | None:
        return run_verb_or_reject(info, lambda it, actor: revoke_token(it, actor, prefix), Token)

    @computed(
        "Erases the display name of a person, everywhere at once. The audit log stays valid, since it keeps the name "
        "only. A later sign-in brings a display name back.",
        cost=WRITE,
    )
    def erase_person(self, info: Info, name: Named) -> ErasePersonResult | None:
        return run_verb_or_reject(info, lambda it, actor: erase_person(it, actor, name), Person)
