"""Comparison: two careers of a catalog, side by side, in one locale. Its sections are computed when asked for."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from careergraph.engine.comparison.balance import Balance, Share, balance
from careergraph.engine.comparison.glance import Glance, GlanceRow, glance
from careergraph.engine.comparison.narration import Narration
from careergraph.engine.comparison.narrator import Form, Item, Narrator, StatementNarrator, findings
from careergraph.engine.comparison.opening import Lead, description, lead
from careergraph.engine.comparison.verdict import ChooseIf, Verdict
from careergraph.engine.comparison.weighing import NO_WEIGHTS, Weighing, Weights, ordered, weighing
from careergraph.engine.content import Career, Catalog, Collection
from careergraph.engine.content.attribute import Attribute
from careergraph.engine.content.did_you_mean import close_slugs
from careergraph.engine.content.outcome import Outcome, Side
from careergraph.engine.errors import Code, CodedError
from careergraph.engine.lazy import lazy
from careergraph.engine.similarity.pair_ranking import partners
from careergraph.engine.similarity.skills_comparison import SkillsComparison, compare_skill_sets
from careergraph.engine.text.localized_career import CareerPair
from careergraph.engine.text.localized_catalog import LocalizedCatalog, localize
from careergraph.engine.text.statement import Statement, make_tuple
from careergraph.engine.transition.path import Path, path
from careergraph.engine.transition.transition import Transition, transition

VERSUS = "-vs-"
"""What stands between the slugs of a comparison's slug; no slug of a career may contain it."""


class Comparison:
    """Two careers compared. `compare(b, a)` is its mirror image: the sides are exchanged and nothing else changes.

    A reader's own `weights` put whatever follows the order of the glance into theirs, the heaviest first.
    """

    _alike: Glance | None = None
    _shares: Sequence[Share] | None = None

    def __init__(self, localized: LocalizedCatalog, a: Career, b: Career, weights: Weights = NO_WEIGHTS) -> None:
        self.localized, self.a, self.b, self.weights = localized, a, b, weights
        self.pair = CareerPair(localized, a, b)
        self._narrations: dict[Form[Any], Narration[Any]] = {}

    @property
    def slug(self) -> str:
        """`<a>-vs-<b>`, in the order that was asked for."""
        return VERSUS.join((self.a.slug, self.b.slug))

    @property
    def canonical_slug(self) -> str:
        """`<a>-vs-<b>` in the order of the alphabet: the one address of a pair and its mirror image."""
        return VERSUS.join(sorted((self.a.slug, self.b.slug)))

    @property
    def title(self) -> str:
        """`<a> vs <b>`."""
        return f"{self.pair.of_a.title} {self.localized.word('versus')} {self.pair.of_b.title}"

    @lazy
    def glance(self) -> Glance:
        """At a Glance."""
        columns, pair = self.localized.catalog.columns, self.pair
        return self._ordered(glance(columns, pair.of_a.values, pair.of_b.values))

    def _ordered(self, glance: Glance) -> Glance:
        return ordered(glance, self.weights) if self.weights else glance

    @lazy
    def weighed(self) -> Weighing | None:
        """Who is ahead by the reader's weights; None where there are none."""
        return weighing(self.pair, self.glance, self.weights) if self.weights else None

    @property
    def unknown(self) -> tuple[Attribute, ...]:
        """The attributes that neither career has a value of."""
        of_a, of_b = self.pair.of_a.line, self.pair.of_b.line
        return tuple([it for at, it in self.localized.catalog.columns if of_a[at] is None and of_b[at] is None])

    def statements_of(self, row: GlanceRow) -> list[Statement]:
        """Return what a row of the glance says; each career's own figure where nothing comes out of it."""
        narrator = StatementNarrator(self.pair)
        return findings(narrator, row) or narrator.figures(row)

    @lazy
    def skills(self) -> SkillsComparison:
        """Skills Analysis."""
        pair = self.pair
        return compare_skill_sets(self.localized.catalog, pair.of_a.skill_sets, pair.of_b.skill_sets)

    def narrate(self, form: Form[Item]) -> Narration[Item]:
        """The statements about the pair, in a form."""
        narration = self._narrations.get(form)
        return self._begin(form) if narration is None else narration

    def _begin(self, form: Form[Item]) -> Narration[Item]:
        narrator = form(self.pair)
        if narrator.rows is not None:
            self._alike = self._ordered(make_tuple(Glance, (narrator.rows, narrator.runs)))
            self._shares = None if self.weights else narrator.shares
        narration = self._narrations[form] = Narration(narrator, self._alike or self.glance, self.skills)
        return narration

    def _narrator(self, form: Form[Item]) -> Narrator[Item]:
        return self.narrate(form).narrator

    def narrate_rows(self, form: Callable[[CareerPair, Glance], Item]) -> Item:
        """The rows of the glance, in a form."""
        return form(self.pair, self._alike or self.glance)

    def narrate_summary(self, form: Form[Item]) -> list[Item]:
        """The paragraph at the top, in a form."""
        return self.narrate(form).summary()

    def narrate_either(self, form: Form[Item]) -> list[Item]:
        """The reasons that stand for both, in a form."""
        return self.narrate(form).reasons.either

    def narrate_conclusion(self, form: Form[Item]) -> list[Item]:
        """The conclusion, in a form."""
        return self.narrate(form).conclusion(self.weigh())

    @lazy
    def summary(self) -> tuple[Statement, ...]:
        """The paragraph at the top."""
        return tuple(self.narrate_summary(StatementNarrator))

    @property
    def choose_a(self) -> ChooseIf:
        """The reasons for choosing a."""
        return make_tuple(ChooseIf, (self, Outcome.A))

    @property
    def choose_b(self) -> ChooseIf:
        """The reasons for choosing b."""
        return make_tuple(ChooseIf, (self, Outcome.B))

    @property
    def verdict(self) -> Verdict:
        """Which Career Should You Choose, and the conclusion."""
        return Verdict(self)

    def weigh(self) -> Balance:
        """The rows of the glance by their outcomes."""
        return balance(self.pair, self._alike or self.glance, self._shares)

    @property
    def updated_at(self) -> datetime:
        """When either career was last published."""
        return max(self.a.published_at, self.b.published_at)

    @property
    def lead(self) -> Lead:
        """The paragraph of the page."""
        return lead(self.pair, self.weigh(), self.skills, self._narrator)

    @property
    def description(self) -> str:
        """What search engines show."""
        return description(self.pair, self.title, self._alike or self.glance, self.skills)

    def transition(self, side: Side = Side.A) -> Transition:
        """The move from one side to the other."""
        return transition(self.pair, self.skills, side, self._narrator)

    @property
    def collections(self) -> tuple[Collection, ...]:
        """The collections that hold either career: those that hold both first, then by slug."""
        of = self.localized.catalog.collections_of
        mine, theirs = of.get(self.a.slug, ()), of.get(self.b.slug, ())
        both = [collection for collection in mine if collection in theirs]
        rest = [collection for collection in (*mine, *theirs) if collection not in both]
        return (*both, *sorted(rest, key=lambda collection: collection.slug))

    def compare_with(self, first: int) -> tuple[Career, ...]:
        """The careers most worth comparing with a or b, best first."""
        return partners(self.localized.catalog, (self.a, self.b), first)


def compare(  # noqa: PLR0913, PLR0917 - which careers of which catalog, for which reader, and as what they are read
    catalog: Catalog,
    a: str,
    b: str,
    locale: str | None = None,
    weights: Weights = NO_WEIGHTS,
    region: str | None = None,
) -> Comparison:
    """Compares two careers, by slug. Raises CodedError UNKNOWN_CAREER, SAME_CAREER, UNKNOWN_LOCALE or
    UNKNOWN_REGION."""
    return compare_in(localize(catalog, locale, region), a, b, weights)


def compare_in(localized: LocalizedCatalog, a: str, b: str, weights: Weights = NO_WEIGHTS) -> Comparison:
    """Compares two careers of a localized catalog, by slug. Raises CodedError UNKNOWN_CAREER or SAME_CAREER."""
    careers = localized.catalog.careers
    first, second = careers.get(a), careers.get(b)
    if first is None or second is None:
        first, second = careers_of(localized.catalog, {"a": a, "b": b})
    if first is second:
        raise CodedError(Code.SAME_CAREER, "A career cannot be compared with itself.")
    return Comparison(localized, first, second, weights)


def compare_by_slug(localized: LocalizedCatalog, slug: str, weights: Weights = NO_WEIGHTS) -> Comparison:
    """Compares two careers, by the slug of their comparison. Raises what `compare_in` does, and CodedError
    BAD_COMPARISON_SLUG."""
    slugs = slug.split(VERSUS)
    if len(slugs) != 2 or not all(slugs):
        raise CodedError(
            Code.BAD_COMPARISON_SLUG,
            f"The slug of a comparison is the slugs of two careers with {VERSUS} between them.",
        )
    return compare_in(localized, slugs[0], slugs[1], weights)


def careers_of(catalog: Catalog, slugs: Mapping[str, str]) -> list[Career]:
    """The careers of some slugs, by the names of the arguments that hold these. Raises CodedError UNKNOWN_CAREER with
    all `arguments` that name no career, and close slugs for the first of them as `suggestions`."""
    careers = {name: _career(catalog, slug) for name, slug in slugs.items()}
    if unknown := [name for name, career in careers.items() if career is None]:
        raise _unknown(catalog, slugs[unknown[0]], arguments=unknown)
    return [career for career in careers.values() if career is not None]


def path_between(localized: LocalizedCatalog, a: str, b: str, most: int) -> Path:
    """The cheapest way from one career to another in so many steps, by slug. Raises CodedError UNKNOWN_CAREER, with
    the `arguments` that name no career, or SAME_CAREER."""
    origin, target = careers_of(localized.catalog, {"from": a, "to": b})
    if origin is target:
        raise CodedError(Code.SAME_CAREER, "There is no way from a career to itself.")
    return path(localized, origin, target, most)


def career_of(catalog: Catalog, slug: str) -> Career:
    """A career by its slug, or by one that it had before. Raises CodedError UNKNOWN_CAREER with close slugs as
    `suggestions`."""
    career = _career(catalog, slug)
    if career is None:
        raise _unknown(catalog, slug)
    return career


def _career(catalog: Catalog, slug: str) -> Career | None:
    return catalog.careers.get(slug) or catalog.careers.get(catalog.redirects.get(("career", slug), slug))


def _unknown(catalog: Catalog, slug: str, **hints: object) -> CodedError:
    suggestions = close_slugs(catalog, "careers", slug)
    return CodedError(Code.UNKNOWN_CAREER, "No published career has this slug.", suggestions=suggestions, **hints)


def versus(localized: LocalizedCatalog, careers: Iterable[Career]) -> str:
    """The titles of careers with `vs` between them."""
    return f" {localized.word('versus')} ".join(localized.read(career.title) for career in careers)
