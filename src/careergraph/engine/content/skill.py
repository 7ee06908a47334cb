"""Skills: the concepts that careers are matched by, and how a career words them."""

from dataclasses import dataclass, field

from careergraph.engine.content.locale import Text, Texts
from careergraph.engine.content.source import ExternalId


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """A skill concept: one meaning, under whatever wording careers use for it.

    `broader` and `related` are slugs of other concepts; `related` holds in both directions.
    """

    slug: str
    name: Text
    aliases: Texts = field(default_factory=dict)
    family: Text | None = None
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    external_ids: tuple[ExternalId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CareerSkill:
    """A skill as one career words it. `concepts` are the accepted links, the main concept first.
    `position` is its place among those of the career, from 1."""

    position: int
    text: Text
    concepts: tuple[Skill, ...] = ()

    @property
    def concept(self) -> Skill | None:
        """The main concept."""
        return self.concepts[0] if self.concepts else None
