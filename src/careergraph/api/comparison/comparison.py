"""Comparison: two careers side by side, and an editor's own text on them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import strawberry

from careergraph.api.base.arguments import Most, checked_count
from careergraph.api.base.declare import Mirror, argument, attr, child, children, localized, object_type
from careergraph.api.base.enums import Side
from careergraph.api.base.fallback import fallback_fields
from careergraph.api.base.node_id import Node, node_id
from careergraph.api.comparison.glance import Glance
from careergraph.api.comparison.skills_comparison import SkillsComparison
from careergraph.api.comparison.transition import Transition
from careergraph.api.comparison.verdict import Verdict
from careergraph.api.comparison.weights import Weighing, marks
from careergraph.api.types.content import NEIGHBOURS, Career, Collection
from careergraph.api.types.statement import Statement
from careergraph.engine import content
from careergraph.engine.comparison import compare, opening
from careergraph.engine.content import outcome
from careergraph.engine.transition import transition


@object_type(content.PairQuestion, "A question about a pair, and an editor's answer. Nothing here is proven by facts.")
class PairQuestion(Mirror):
    question: str = localized("The question.")
    answer: str = localized("The editor's answer.")


@object_type(
    content.PairNotes,
    "An editor's text on a pair. No rule wrote it, and no facts prove it. Show it apart from the statements.",
)
class PairEditorial(Mirror):
    introduction: str | None = localized("The editor's introduction; null where there is none.")
    questions: list[PairQuestion] = children("Questions that the editor answers, in the editor's order.", part=True)
    featured: bool = attr("Whether the editor puts the pair forward.")
    hidden: bool = attr("Whether the editor keeps the pair out of lists of comparisons.")
    fallback_fields: list[str] = attr(
        "The fields that are not, or not in every part, written in this locale and are read in its fallback, by their "
        "names.",
        lambda of, view: fallback_fields(PairEditorial, of, view),
    )


From = Annotated[Side, argument("The career to move from.", name="from")]


def transition_from(of: compare.Comparison, side: From = Side.A) -> transition.Transition:
    """Return the move from one of the careers of a comparison to the other."""
    return of.transition(outcome.Side(side.value))


def other_careers(of: compare.Comparison, first: Most = NEIGHBOURS) -> Sequence[content.Career]:
    """Return the careers most worth comparing with either. Raises CodedError BAD_PAGE or TOO_MANY."""
    return of.compare_with(checked_count(first, NEIGHBOURS))


@object_type(opening.Lead, "A paragraph, with the statements in it.")
class Lead(Mirror):
    text: str = attr("The paragraph.")
    statements: list[Statement] = children("Its sentences, in order.", narrated="narrate_statements", size=6)


@object_type(compare.Comparison, "Two careers compared. The comparison of b and a is its mirror image.")
class Comparison(Node):
    id: strawberry.ID = attr(
        "An opaque id of this variant of the comparison, with its careers in this order and its weights.",
        lambda of, view: node_id("Comparison", view, of.a.slug, of.b.slug, *marks(of.weights)),
    )
    slug: str = attr("The slugs of both careers with `-vs-` between them, in the requested order.")
    canonical_slug: str = attr(
        "The slugs of both careers with `-vs-` between them, in the order of the alphabet: the one address "
        "of a pair and its mirror image."
    )
    title: str = attr("The titles of both careers, with `vs` between them.")
    updated_at: datetime = attr("When either career was last published, which is the date for a sitemap.")
    a: Career = child("The career that was named first.")
    b: Career = child("The career that was named second.")
    region: str | None = attr(
        "The region that the figures were chosen by; null where none was.", "view.localized.region"
    )
    summary: list[Statement] = children(
        "The whole summary, a sentence for each point; `lead` is its short form.",
        narrated="narrate_summary",
        cost=5,
        size=7,
        depends_on="neighbours",
    )
    lead: Lead = child(
        "The paragraph of a page: at most three sentences and 320 characters, from the same facts as what "
        "follows. Of a career's title longer than 40 characters only 40 count.",
        cost=8,
        depends_on="neighbours",
    )
    description: str = attr(
        "The description for search engines: the title, then figures of both, in at most 155 characters.",
        cost=6,
        depends_on="neighbours",
    )
    glance: Glance = child("At a Glance: a table of both careers' values.", "of", cost=3)
    weighed: Weighing | None = child("Who is ahead by the reader's own weights; null without weights.", cost=1)
    skills: SkillsComparison = child("Skills Analysis: the skills of both, and those of only one.", "of", cost=3)
    verdict: Verdict = child("Which Career Should You Choose, and the conclusion.", "of", cost=5)
    transition: Transition = child(
        "How hard it is to move from one of the two careers to the other.",
        transition_from,
        cost=5,
        depends_on="neighbours",
    )
    editorial: PairEditorial | None = child(
        "The editor's own text on the pair, which is no statement of the engine; null where there is none.",
        lambda of, view: view.catalog.pairs_notes.get(of.canonical_slug),
        share=0.3,
    )
    collections: list[Collection] = children(
        "The collections that hold either career, those that hold both first.", cost=3, size=5, depends_on="collections"
    )
    compare_with: list[Career] = children(
        "Other careers worth comparing with a or b, best first.", other_careers, cost=5, depends_on="catalog"
    )
    catalog_version: int = attr(
        "The version of the catalog that the comparison follows from.", "view.catalog.version", depends_on="catalog"
    )
