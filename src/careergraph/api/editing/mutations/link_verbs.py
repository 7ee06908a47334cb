"""The verbs on links from careers' wordings to skill concepts, as mutations."""

from typing import Annotated

from sqlalchemy.orm import Session

from careergraph.api.base.arguments import Info
from careergraph.api.base.declare import argument, computed, input_field, input_type, root_type
from careergraph.api.base.view import LocalView
from careergraph.api.editing.document import SavedDraft
from careergraph.api.editing.mutations.document_verbs import SaveDraftResult
from careergraph.api.editing.transaction import run_verb
from careergraph.editorial.access.actor import Actor
from careergraph.editorial.suggest.suggester import Suggester
from careergraph.editorial.verbs.documents import links as verbs
from careergraph.editorial.verbs.documents.drafts import Saved

WRITE = 100
"""The cost of a verb that may judge each wording of a career."""


@input_type("A link of a career.")
class LinkInput:
    position: int = input_field("The position of the wording among the skills, counted from 1.")
    skill: str = input_field("The slug of the concept.")


Career = Annotated[str, argument("The slug of the career.")]
Exact = Annotated[bool, argument("Whether the one concept of the very wording is accepted at once.")]
Links = Annotated[list[LinkInput], argument("The links, each of which somebody proposed.")]


@root_type("The verbs on links.")
class LinkVerbs:
    @computed(
        "Writes a draft of a career in which each wording without any link has proposals, each with its "
        "score and method. They wait: a comparison uses accepted links only.",
        cost=WRITE,
    )
    def propose_links(
        self, info: Info, view: LocalView, career: Career, accept_exact: Exact = False
    ) -> SaveDraftResult | None:

        def propose(session: Session, actor: Actor) -> Saved:
            return verbs.propose_links(
                session, actor, career, Suggester.of(view.localized), accept_exact=accept_exact
            ).saved

        return run_verb(info, propose, SavedDraft)

    @computed(
        "Writes a draft of a career in which links are accepted. Once it is published, comparisons use them.",
        cost=WRITE,
    )
    def accept_links(self, info: Info, career: Career, links: Links) -> SaveDraftResult | None:
        accepted = [verbs.Link(it.position, it.skill) for it in links]
        return run_verb(info, lambda it, actor: verbs.accept_links(it, actor, career, accepted), SavedDraft)
