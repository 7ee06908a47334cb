"""Suggestions: which skill concepts a phrase may mean, for an editor who links a career's wording to them."""

from typing import TYPE_CHECKING

import strawberry

from careergraph.api.base.describe import field, mirror, object_type
from careergraph.api.base.view import View
from careergraph.api.types.skill import Skill
from careergraph.editorial.suggest import suggestion
from careergraph.editorial.suggest.suggester import Suggester

if TYPE_CHECKING:
    from careergraph.editorial.suggest.suggestion import Method as SuggestionMethod
    from careergraph.editorial.suggest.suggestion import Rule as SuggestionRule
else:
    SuggestionMethod = mirror(suggestion.Method, "SuggestionMethod")
    SuggestionRule = mirror(suggestion.Rule, "SuggestionRule")


@object_type
class Suggestion:
    """A skill concept that a phrase may mean."""

    of: strawberry.Private[suggestion.Suggestion]
    view: strawberry.Private[View]

    @field
    def skill(self) -> Skill:
        """The concept."""
        return Skill(self.view.catalog.skills[self.of.slug], self.view)

    @field
    def score(self) -> float:
        """How near the phrase is to the concept, from 0 to 1, which is the very wording. It is no probability."""
        return self.of.score

    @field
    def certainty(self) -> float:
        """The score less 0.8 times that of the nearest other concept: near to this one, and to no other."""
        return self.of.certainty

    @field
    def rule(self) -> SuggestionRule:
        """What made the concept a suggestion."""
        return SuggestionRule(self.of.rule.value)

    @field
    def matched(self) -> str:
        """The name or alias of the concept that is nearest."""
        return self.of.matched

    @field
    def part(self) -> str | None:
        """The part of the phrase that is near to it; null where it is the whole phrase."""
        return self.of.part


@object_type
class Suggestions:
    """What a phrase may mean."""

    of: strawberry.Private[suggestion.Answer]
    view: strawberry.Private[View]

    @field
    def phrase(self) -> str:
        """The phrase that was asked about."""
        return self.of.phrase

    @field
    def known(self) -> bool:
        """Whether the best suggestion is near enough to be believed. Otherwise they are the nearest there are, no
        more."""
        return self.of.confident

    @field
    def method(self) -> SuggestionMethod:
        """How the suggestions were made."""
        return SuggestionMethod(self.of.method.value)

    @field
    def ranked(self) -> list[Suggestion]:
        """The concepts that it may mean, best first."""
        return [Suggestion(it, self.view) for it in self.of.suggestions]


def suggestions_for(view: View, phrase: str, first: int) -> Suggestions:
    """What a phrase may mean, in the language of a view."""
    return Suggestions(Suggester.of(view.localized).suggest(phrase, first), view)
