"""Suggestions: skill concepts that a phrase may mean, for an editor who links a career's wording to them."""

from typing import TYPE_CHECKING

from careergraph.api.base.declare import Mirror, attr, child, children, mirror_enum, object_type
from careergraph.api.base.view import View
from careergraph.api.types.content import Skill
from careergraph.editorial.suggest import suggestion
from careergraph.editorial.suggest.suggester import Suggester

if TYPE_CHECKING:
    from careergraph.editorial.suggest.suggestion import Method as SuggestionMethod
    from careergraph.editorial.suggest.suggestion import Rule as SuggestionRule
else:
    SuggestionMethod = mirror_enum(suggestion.Method, "How suggestions were made.", "SuggestionMethod")
    SuggestionRule = mirror_enum(suggestion.Rule, "The rule by which a concept was suggested.", "SuggestionRule")


@object_type(suggestion.Suggestion, "A skill concept that a phrase may mean.")
class Suggestion(Mirror):
    skill: Skill = child("The concept.", lambda of, view: view.catalog.skills[of.slug])
    score: float = attr(
        "How near the phrase is to the concept, from 0 to 1, which is the very wording. It is no probability."
    )
    certainty: float = attr(
        "The score less 0.8 times that of the nearest other concept: near to this one, and to no other."
    )
    rule: SuggestionRule = attr("The rule that suggests the concept.")
    matched: str = attr("The name or alias of the concept that is nearest.")
    part: str | None = attr("The part of the phrase that is near to it; null where it is the whole phrase.")


@object_type(suggestion.Answer, "The skill concepts that a phrase may mean.")
class Suggestions(Mirror):
    phrase: str = attr("The phrase of the request.")
    confident: bool = attr(
        "Whether the best suggestion is near enough to be believed. Otherwise they are the nearest there are, no more.",
        name="known",
    )
    method: SuggestionMethod = attr("How the suggestions were made.")
    ranked: list[Suggestion] = children("The concepts that it may mean, best first.", "suggestions")


def suggestions_for(view: View, phrase: str, first: int) -> Suggestions:
    """The suggestions for a phrase, in the locale of a view."""
    return Suggestions(Suggester.of(view.localized).suggest(phrase, first), view)
