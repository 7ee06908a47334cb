"""Query: the root fields. Each is nullable: null comes with one coded error, and the rest of the answer stands."""

from careergraph.api import query_arguments as args
from careergraph.api.base.arguments import (
    After,
    AsOf,
    Before,
    First,
    Info,
    Last,
    Locale,
    Most,
    checked_count,
    checked_text,
)
from careergraph.api.base.describe import field, object_type
from careergraph.api.base.field_meta import traits
from careergraph.api.base.page import PAGE_SIZE, PageArguments
from careergraph.api.base.view import view_of
from careergraph.api.changes.changes import CatalogChanges, changes
from careergraph.api.comparison.comparison import Comparison
from careergraph.api.comparison.multi_comparison import MultiComparison
from careergraph.api.comparison.path import TransitionPath, checked_steps
from careergraph.api.comparison.weights import weights_of
from careergraph.api.connections.comparison_page import ComparisonConnection, comparisons
from careergraph.api.connections.filters import career_filter, career_order, comparison_filter, external_id_of
from careergraph.api.connections.lookup import career_called, fetch, fetch_all, item_of, skill_called
from careergraph.api.connections.search import SearchHit
from careergraph.api.connections.skill_page import SkillConnection, skills
from careergraph.api.editing.ask import actor_of
from careergraph.api.editing.editor import Editor
from careergraph.api.types.attribute import Attribute
from careergraph.api.types.career import Career
from careergraph.api.types.career_page import CAREERS, CareerConnection, selected
from careergraph.api.types.catalog import CatalogInfo
from careergraph.api.types.category import Category
from careergraph.api.types.collection import Collection
from careergraph.api.types.labels import Labels
from careergraph.api.types.node import Node
from careergraph.api.types.skill import Skill
from careergraph.api.types.source import Source
from careergraph.api.types.viewer import Viewer
from careergraph.engine.comparison.compare import career_of, compare, compare_by_slug, path_between
from careergraph.engine.comparison.multi_comparison import compare_many
from careergraph.engine.search.search import search


@object_type
class Query:
    """Everything that can be asked. A field that cannot be answered is null, with one coded error; the rest stands."""

    @field
    @traits(weight=5)
    def comparison(  # noqa: PLR0913, PLR0917 - which careers, for which reader, and as what they are read
        self,
        info: Info,
        a: args.A,
        b: args.B,
        locale: Locale = None,
        as_of: AsOf = None,
        weights: args.Weights = None,
        region: args.Region = None,
    ) -> Comparison | None:
        """Two careers compared."""
        view = view_of(info.context, locale, as_of, region)
        weighed = weights_of(weights, view)
        return Comparison(compare(view.catalog, a, b, view.localized.locale.code, weighed, region), view)

    @field
    @traits(weight=5)
    def comparison_by_slug(  # noqa: PLR0913, PLR0917 - which careers, for which reader, and as what they are read
        self,
        info: Info,
        slug: args.ComparisonSlug,
        locale: Locale = None,
        as_of: AsOf = None,
        weights: args.Weights = None,
        region: args.Region = None,
    ) -> Comparison | None:
        """Two careers compared, by the slug of their comparison, in whichever order."""
        view = view_of(info.context, locale, as_of, region)
        weighed = weights_of(weights, view)
        return Comparison(compare_by_slug(view.catalog, slug, view.localized.locale.code, weighed, region), view)

    @field
    @traits(weight=60)
    def multi_comparison(
        self, info: Info, careers: args.Slugs, locale: Locale = None, as_of: AsOf = None, region: args.Region = None
    ) -> MultiComparison | None:
        """Two to six careers compared."""
        view = view_of(info.context, locale, as_of, region)
        return MultiComparison(compare_many(view.catalog, careers, view.localized.locale.code, region), view)

    @field
    @traits(weight=300, wide="catalog")
    def comparisons(  # noqa: PLR0913, PLR0917 - the arguments of a connection
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        filter: args.Comparisons = None,
        locale: Locale = None,
    ) -> ComparisonConnection | None:
        """All comparisons of two careers, each once: those that editors feature, then those that are worth a page, best
        first, then all others by the slugs of their careers. What editors hide is left out."""
        arguments = PageArguments(first, after, last, before)
        return comparisons(view_of(info.context, locale), arguments, comparison_filter(filter))

    @field
    @traits(weight=1300, wide="catalog")
    def transition_path(  # noqa: PLR0913, PLR0917 - from where, to where, how far, and as what it is read
        self,
        info: Info,
        origin: args.Origin,
        target: args.Target,
        max_steps: args.Steps = None,
        locale: Locale = None,
        as_of: AsOf = None,
    ) -> TransitionPath | None:
        """The cheapest way from one career to another, over near careers where the direct step is hard. A step costs
        1 + the square of the points of its transition; a direct step is preferred when it is no harder."""
        view = view_of(info.context, locale, as_of)
        return TransitionPath(path_between(view.localized, origin, target, checked_steps(max_steps)), view)

    @field
    def career(
        self, info: Info, slug: args.Slug, locale: Locale = None, as_of: AsOf = None, region: args.Region = None
    ) -> Career | None:
        """A career."""
        view = view_of(info.context, locale, as_of, region)
        return Career(career_of(view.catalog, slug), view)

    @field
    @traits(weight=300, wide="catalog")
    def careers(  # noqa: PLR0913, PLR0917 - the arguments of a connection
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        filter: args.Careers = None,
        order_by: args.Order = None,
        locale: Locale = None,
    ) -> CareerConnection | None:
        """The careers that pass a filter, in an order."""
        view = view_of(info.context, locale)
        arguments = PageArguments(first, after, last, before)
        return selected(view, CAREERS, arguments, career_filter(filter, view), career_order(order_by))

    @field
    @traits(wide="catalog")
    def career_by_external_id(
        self,
        info: Info,
        external_id: args.Called,
        locale: Locale = None,
        as_of: AsOf = None,
        region: args.Region = None,
    ) -> Career | None:
        """The career of an id in somebody else's scheme. Of several the first by slug: `careers` lists them all."""
        view = view_of(info.context, locale, as_of, region)
        return Career(career_called(view, external_id_of(external_id)), view)

    @field
    def category(self, info: Info, slug: args.Slug, locale: Locale = None) -> Category | None:
        """A field of work."""
        view = view_of(info.context, locale)
        return Category(item_of(view.catalog, "categories", slug), view)

    @field
    @traits(size=20, wide="catalog")
    def categories(self, info: Info, locale: Locale = None) -> list[Category] | None:
        """All fields of work, by slug."""
        view = view_of(info.context, locale)
        return [Category(it, view) for it in view.catalog.categories.values()]

    @field
    def skill(self, info: Info, slug: args.Slug, locale: Locale = None) -> Skill | None:
        """A skill concept."""
        view = view_of(info.context, locale)
        return Skill(item_of(view.catalog, "skills", slug), view)

    @field
    @traits(wide="catalog")
    def skill_by_external_id(self, info: Info, external_id: args.Called, locale: Locale = None) -> Skill | None:
        """The skill of an id in somebody else's scheme. Of several the first by slug: `skills` lists them all."""
        view = view_of(info.context, locale)
        return Skill(skill_called(view, external_id_of(external_id)), view)

    @field
    @traits(weight=300, wide="catalog")
    def skills(  # noqa: PLR0913, PLR0917 - the arguments of a connection
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        search: args.SkillText = None,
        external_id: args.SkillCalled = None,
        locale: Locale = None,
    ) -> SkillConnection | None:
        """The skill concepts, by name."""
        called = None if external_id is None else external_id_of(external_id)
        text = None if search is None else checked_text(search)
        return skills(view_of(info.context, locale), PageArguments(first, after, last, before), text, called)

    @field
    def collection(self, info: Info, slug: args.Slug, locale: Locale = None) -> Collection | None:
        """A list of careers that an editor put together."""
        view = view_of(info.context, locale)
        return Collection(item_of(view.catalog, "collections", slug), view)

    @field
    @traits(size=20, wide="catalog")
    def collections(self, info: Info, locale: Locale = None) -> list[Collection] | None:
        """All lists of careers, by slug."""
        view = view_of(info.context, locale)
        return [Collection(it, view) for it in view.catalog.collections.values()]

    @field
    @traits(weight=1, size=10, wide="catalog")
    def sources(self, info: Info) -> list[Source] | None:
        """Where figures and texts come from, with licences and credits, by slug."""
        return [Source(it) for it in info.context.catalog.sources.values()]

    @field
    @traits(weight=1, size=14, wide="attributes")
    def attributes(self, info: Info, locale: Locale = None) -> list[Attribute] | None:
        """All that careers are compared by, in the order of their positions."""
        view = view_of(info.context, locale)
        return [Attribute(it, view) for it in view.catalog.attributes.values()]

    @field
    @traits(weight=150, wide="catalog")
    def search(self, info: Info, text: args.Text, first: Most = None, locale: Locale = None) -> list[SearchHit] | None:
        """Careers, skills, categories and collections that match a text, best match first."""
        view = view_of(info.context, locale)
        return [
            SearchHit(hit, view) for hit in search(view.localized, checked_text(text), checked_count(first, PAGE_SIZE))
        ]

    @field
    def labels(self, info: Info, locale: Locale = None) -> Labels | None:
        """The words that a page is made of beside its sentences: headings, outcomes, buttons, empty states."""
        view = view_of(info.context, locale)
        return Labels(view, view)

    @field
    @traits(wide="catalog")
    def catalog(self, info: Info) -> CatalogInfo | None:
        """The figures of the catalog."""
        return CatalogInfo(info.context.catalog, info.context.preview)

    @field
    @traits(weight=2500, wide="catalog", past=True)
    def changes(
        self, info: Info, since: args.Since, engine: args.Engine = None, first: Most = None, after: args.Cursor = None
    ) -> CatalogChanges | None:
        """The pages that changed since a version: careers, skills and comparisons. The first time it is asked for a
        version that is not among those kept, it takes as long as a catalog of the past takes to be read."""
        return changes(info, since, engine, first, after)

    @field
    @traits(weight=5, wide="catalog")
    def node(self, info: Info, id: args.Id) -> Node | None:
        """A document by its id, in the variant that the id was handed out for."""
        return fetch(info.context, id)

    @field
    @traits(weight=5, wide="catalog")
    def nodes(self, info: Info, ids: args.Ids) -> list[Node | None] | None:
        """Documents by their ids, in the same order. One that cannot be fetched is null, with its own error."""
        return fetch_all(info.context, ids)

    @field
    @traits(personal=True)
    def viewer(self, info: Info) -> Viewer | None:
        """Who asks: the user that the host application has signed in; null where nobody is."""
        return None if info.context.user is None else Viewer(info.context.user)

    @field
    @traits(personal=True)
    def editor(self, info: Info) -> Editor | None:
        """What editors can look at: drafts, history, releases, what a publish would change. For editors only."""
        actor_of(info.context)
        return Editor()
