"""Verdict: which career should you choose, and the conclusion."""

import strawberry

from careergraph.api.base.describe import field, object_type
from careergraph.api.base.field_meta import traits
from careergraph.api.base.node_id import node_id
from careergraph.api.base.view import View
from careergraph.api.comparison.weights import marks
from careergraph.api.types.career import Career
from careergraph.api.types.statement import Statement, statements_of
from careergraph.engine.comparison import compare, verdict


@object_type
class ChooseIf:
    """The reasons for choosing one career over the other."""

    of: strawberry.Private[verdict.ChooseIf]
    view: strawberry.Private[View]

    @field
    def career(self) -> Career:
        """The career to choose."""
        return Career(self.of.career, self.view)

    @field
    @traits(size=4)
    def reasons(self) -> list[Statement]:
        """The reasons that tell it from the other, in the order of their rows; none where nothing does. Each is false
        of the other one."""
        return statements_of(self.of.reasons, self.view)

    @field
    @traits(share=0.5)
    def note(self) -> Statement | None:
        """That the career is ahead in none of the figures that can be compared, and where the two are level; null where
        it is ahead in any. No reason, and there wherever `reasons` is empty."""
        return None if self.of.note is None else Statement(self.of.note, self.view)


@object_type
class Verdict:
    """Which Career Should You Choose, and the conclusion."""

    of: strawberry.Private[compare.Comparison]
    view: strawberry.Private[View]

    @field
    def id(self) -> strawberry.ID:
        """An opaque id of this verdict, for client caches; `node` does not take it."""
        return node_id("Verdict", self.view, self.of.a.slug, self.of.b.slug, *marks(self.of.weights))

    @field
    def choose_a(self) -> ChooseIf:
        """When to choose a."""
        return ChooseIf(self.of.verdict.choose_a, self.view)

    @field
    def choose_b(self) -> ChooseIf:
        """When to choose b."""
        return ChooseIf(self.of.verdict.choose_b, self.view)

    @field
    @traits(size=3)
    def either(self) -> list[Statement]:
        """What stands for both careers, and so does not help to choose."""
        return statements_of(self.of.verdict.either, self.view)

    @field
    @traits(size=4)
    def conclusion(self) -> list[Statement]:
        """What decides, and by how much; where nothing does, what the two have in common, or which figures are not
        known or not comparable. There is always something."""
        return statements_of(self.of.verdict.conclusion, self.view)
