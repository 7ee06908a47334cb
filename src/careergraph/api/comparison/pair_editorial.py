"""PairEditorial: what an editor says of a pair, next to what is proven of it."""

import strawberry

from careergraph.api.base.describe import field, object_type
from careergraph.api.base.view import View
from careergraph.engine import content


@object_type
class PairQuestion:
    """A question about a pair, and an editor's answer. Nothing here is proven by facts."""

    of: strawberry.Private[content.PairQuestion]
    view: strawberry.Private[View]

    @field
    def question(self) -> str:
        """The question."""
        return self.view.read(self.of.question)

    @field
    def answer(self) -> str:
        """The editor's answer."""
        return self.view.read(self.of.answer)


@object_type
class PairEditorial:
    """What an editor says of a pair. It is the editor's own text: no rule made it, and no facts prove it. Show it apart
    from the statements."""

    of: strawberry.Private[content.PairNotes]
    view: strawberry.Private[View]

    @field
    def introduction(self) -> str | None:
        """The editor's introduction; null where there is none."""
        return self.view.read_some(self.of.introduction)

    @field
    def questions(self) -> list[PairQuestion]:
        """Questions that the editor answers, in the editor's order."""
        return [PairQuestion(it, self.view) for it in self.of.questions]

    @field
    def featured(self) -> bool:
        """Whether the editor puts the pair forward."""
        return self.of.featured

    @field
    def hidden(self) -> bool:
        """Whether the editor keeps the pair out of lists of comparisons."""
        return self.of.hidden

    @field
    def fallback_fields(self) -> list[str]:
        """The fields that are not, or not in every part, written in this locale and are read in its fallback, by their
        names."""
        parts = {
            "introduction": [self.of.introduction],
            "questions": [text for it in self.of.questions for text in (it.question, it.answer)],
        }
        return [name for name, texts in parts.items() if any(self.view.falls_back(text) for text in texts)]
