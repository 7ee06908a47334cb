"""The verbs on links from careers' wordings to skill concepts, as mutations."""

from typing import Annotated

import strawberry
from sqlalchemy.orm import Session

from careergraph.api.base.arguments import Info, Locale
from careergraph.api.base.describe import field, input_type, object_type
from careergraph.api.base.field_meta import traits
from careergraph.api.base.view import view_of
from careergraph.api.editing.ask import run_verb
from careergraph.api.editing.publication import SavedDraft, SaveDraftResult
from careergraph.editorial.access.actor import Actor
from careergraph.editorial.suggest.suggester import Suggester
from careergraph.editorial.verbs.documents import accept_links as accepting
from careergraph.editorial.verbs.documents.propose_links import propose_links
from careergraph.editorial.verbs.documents.save_draft import Saved

WRITE = 100
"""What a verb costs that may judge each wording of a career."""


@input_type
class LinkInput:
    """A link of a career."""

    position: int = strawberry.field(description="The position of the wording among the skills, counted from 1.")
    skill: str = strawberry.field(description="The slug of the concept.")


Career = Annotated[str, strawberry.argument(description="The slug of the career.")]
Exact = Annotated[
    bool, strawberry.argument(description="Whether the one concept of the very wording is accepted at once.")
]
Links = Annotated[list[LinkInput], strawberry.argument(description="The links, each of which somebody proposed.")]


@object_type
class LinkVerbs:
    """The verbs on links."""

    @field
    @traits(weight=WRITE)
    def propose_links(
        self, info: Info, career: Career, locale: Locale = None, accept_exact: Exact = False
    ) -> SaveDraftResult | None:
        """Writes a draft of a career in which each wording without any link has proposals, each with its score and
        method. They wait: a comparison uses accepted links only."""
        view = view_of(info.context, locale)

        def propose(session: Session, actor: Actor) -> Saved:
            return propose_links(session, actor, career, Suggester.of(view.localized), accept_exact=accept_exact).saved

        return run_verb(info.context, propose, SavedDraft)

    @field
    @traits(weight=WRITE)
    def accept_links(self, info: Info, career: Career, links: Links) -> SaveDraftResult | None:
        """Writes a draft of a career in which links are accepted. Once it is published, comparisons use them."""
        accepted = [accepting.Link(it.position, it.skill) for it in links]
        return run_verb(info.context, lambda it, actor: accepting.accept_links(it, actor, career, accepted), SavedDraft)
