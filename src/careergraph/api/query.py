"""ReadersQuery and Subscription: the root fields, but for those of editors. A query is nullable: null comes with one
coded error, the rest stands."""

from collections.abc import AsyncIterator
from typing import Annotated

import strawberry

from careergraph.api.base.arguments import Info, checked_text
from careergraph.api.base.context import Context
from careergraph.api.base.declare import argument, computed, root_type, subscribed
from careergraph.api.base.node_id import Node
from careergraph.api.base.page import Count, Paged
from careergraph.api.base.view import DatedView, LocalView, RegionalView, view_of
from careergraph.api.changes.changes import CatalogChanges, changes
from careergraph.api.comparison.comparison import Comparison
from careergraph.api.comparison.multi_comparison import MultiComparison
from careergraph.api.comparison.transition import TransitionPath, checked_steps
from careergraph.api.comparison.weights import AttributeWeight, weights_of
from careergraph.api.connections.comparison_page import ComparisonConnection, ComparisonFilter, comparisons
from careergraph.api.connections.filters import (
    CareerFilter,
    CareerOrder,
    ExternalIdInput,
    career_filter,
    career_order,
    external_id_of,
)
from careergraph.api.connections.lookup import fetch, fetch_all, first_called, item_of
from careergraph.api.connections.name_order import categories_by_name, collections_by_title
from careergraph.api.connections.skill_page import SkillConnection, skills
from careergraph.api.types.attribute import Attribute
from careergraph.api.types.career_listing import CAREERS, select_page
from careergraph.api.types.catalog import CatalogInfo, CatalogView
from careergraph.api.types.content import Career, CareerConnection, Category, Collection, SearchHit, Skill
from careergraph.api.types.labels import Labels
from careergraph.api.types.value import Source
from careergraph.api.types.viewer import Viewer
from careergraph.engine.comparison.compare import career_of, compare_by_slug, compare_in, path_between
from careergraph.engine.comparison.multi_comparison import compare_many
from careergraph.engine.errors import Code
from careergraph.engine.search.search import search

Slug = Annotated[str, argument("The slug.")]
A = Annotated[str, argument("The slug of the first career.")]
B = Annotated[str, argument("The slug of the second career.")]
Origin = Annotated[str, argument("The slug of the career to start from.", name="from")]
Target = Annotated[str, argument("The slug of the career to get to.", name="to")]
Steps = Annotated[int | None, argument("How many steps at most, from 1 to 4; 3 by default.")]
Slugs = Annotated[list[str], argument("The slugs of two to six careers.")]
Ids = Annotated[list[strawberry.ID], argument("The ids, at most 100.")]
Id = Annotated[strawberry.ID, argument("The id.")]
Text = Annotated[str, argument("The text to search for; words may be unfinished or misspelled.")]
SkillText = Annotated[str | None, argument("Only skills that match this text, best match first.")]
Called = Annotated[ExternalIdInput, argument("The id and its scheme.")]
SkillCalled = Annotated[ExternalIdInput | None, argument("Only skills that are known by this id elsewhere.")]
Careers = Annotated[CareerFilter | None, argument("Which careers; all of them by default.")]
Order = Annotated[
    list[CareerOrder] | None,
    argument("The order, its first key first, at most 5; by title by default. Equal ones come by slug."),
]
Since = Annotated[int, argument("The version that your pages were made of; 0 where there are none yet.")]
Engine = Annotated[
    str | None, argument("The `engine` that your pages were made by. Where it is another now, all changed.")
]
Cursor = Annotated[str | None, argument("The `next` of the pages before.")]
Comparisons = Annotated[ComparisonFilter | None, argument("Which comparisons; all of them by default.")]
ComparisonSlug = Annotated[
    str, argument("The slugs of two careers with `-vs-` between them, such as `plumber-vs-lawyer`.")
]
Weights = Annotated[
    list[AttributeWeight] | None,
    argument(
        "How much attributes count for the reader, at most 20: rows and reasons come in their order, the "
        "heaviest first, and `weighed` says who is ahead by them. An attribute without a weight counts nothing."
    ),
]


@root_type("The published content. A field that cannot be answered is null, with one coded error.")
class Published:
    @computed("Two careers compared.", cost=5)
    def comparison(self, view: DatedView, a: A, b: B, weights: Weights = None) -> Comparison | None:
        return Comparison(compare_in(view.localized, a, b, weights_of(weights, view)), view)

    @computed("Two careers compared, by the slug of their comparison, in whichever order.", cost=5)
    def comparison_by_slug(self, view: DatedView, slug: ComparisonSlug, weights: Weights = None) -> Comparison | None:
        return Comparison(compare_by_slug(view.localized, slug, weights_of(weights, view)), view)

    @computed("Two to six careers compared.", cost=60)
    def multi_comparison(self, view: DatedView, careers: Slugs) -> MultiComparison | None:
        return MultiComparison(
            compare_many(view.catalog, careers, view.localized.locale.code, view.localized.region), view
        )

    @computed(
        "All comparisons of two careers, each once: those that editors feature, then those that are worth a "
        "page, best first, then all others by the slugs of their careers. Those that editors hide are left out. A "
        "region changes the figures of the comparisons, not their order.",
        cost=300,
        depends_on="catalog",
    )
    def comparisons(
        self, view: RegionalView, arguments: Paged, filter: Comparisons = None
    ) -> ComparisonConnection | None:
        return ComparisonConnection(comparisons(view, arguments, filter or ComparisonFilter()), view)

    @computed(
        "The cheapest way from one career to another, over near careers where the direct step is hard. A step costs 1 "
        "+ the square of the points of its transition; a direct step is preferred when it is no harder.",
        cost=1300,
        depends_on="catalog",
    )
    def transition_path(
        self, view: DatedView, origin: Origin, target: Target, max_steps: Steps = None
    ) -> TransitionPath | None:
        return TransitionPath(path_between(view.localized, origin, target, checked_steps(max_steps)), view)

    @computed("A career.")
    def career(self, view: DatedView, slug: Slug) -> Career | None:
        return Career(career_of(view.catalog, slug), view)

    @computed(
        "The careers that pass a filter, in an order: by the figures of the region where one is named.",
        cost=300,
        depends_on="catalog",
    )
    def careers(
        self, view: RegionalView, arguments: Paged, filter: Careers = None, order_by: Order = None
    ) -> CareerConnection | None:
        page = select_page(view, CAREERS, arguments, career_filter(filter, view), career_order(order_by))
        return CareerConnection(page, view)

    @computed(
        "The career of an id in an external scheme. Of several the first by slug: `careers` lists them all.",
        depends_on="catalog",
    )
    def career_by_external_id(self, view: DatedView, external_id: Called) -> Career | None:
        return Career(first_called(view.catalog.careers_called, external_id_of(external_id), Code.UNKNOWN_CAREER), view)

    @computed("A field of work.")
    def category(self, view: RegionalView, slug: Slug) -> Category | None:
        return Category(item_of(view.catalog, "categories", slug), view)

    @computed("All fields of work, by name.", size=20, depends_on="catalog")
    def categories(self, view: RegionalView) -> list[Category] | None:
        return [Category(it, view) for it in view.localized.once(categories_by_name)]

    @computed("A skill concept.")
    def skill(self, view: RegionalView, slug: Slug) -> Skill | None:
        return Skill(item_of(view.catalog, "skills", slug), view)

    @computed(
        "The skill of an id in an external scheme. Of several the first by slug: `skills` lists them all.",
        depends_on="catalog",
    )
    def skill_by_external_id(self, view: RegionalView, external_id: Called) -> Skill | None:
        return Skill(first_called(view.catalog.skills_called, external_id_of(external_id), Code.UNKNOWN_SKILL), view)

    @computed("The skill concepts, by name.", cost=300, depends_on="catalog")
    def skills(
        self, view: RegionalView, arguments: Paged, search: SkillText = None, external_id: SkillCalled = None
    ) -> SkillConnection | None:
        called = None if external_id is None else external_id_of(external_id)
        text = None if search is None else checked_text(search)
        return SkillConnection(skills(view, arguments, text, called), view)

    @computed("A list of careers that an editor put together.")
    def collection(self, view: RegionalView, slug: Slug) -> Collection | None:
        return Collection(item_of(view.catalog, "collections", slug), view)

    @computed("All lists of careers, by title.", size=20, depends_on="catalog")
    def collections(self, view: RegionalView) -> list[Collection] | None:
        return [Collection(it, view) for it in view.localized.once(collections_by_title)]

    @computed(
        "The sources of figures and texts, with licences and credits, by slug.", cost=1, size=10, depends_on="catalog"
    )
    def sources(self, info: Info) -> list[Source] | None:
        view = view_of(info)
        return [Source(it, view) for it in view.catalog.sources.values()]

    @computed(
        "All attributes that careers are compared by, in the order of their positions.",
        cost=1,
        size=14,
        depends_on="attributes",
    )
    def attributes(self, view: LocalView) -> list[Attribute] | None:
        return [Attribute(it, view) for it in view.catalog.attributes.values()]

    @computed(
        "Careers, skills, categories and collections that match a text, best match first.",
        cost=150,
        depends_on="catalog",
    )
    def search(self, view: RegionalView, text: Text, count: Count) -> list[SearchHit] | None:
        return [SearchHit(hit, view) for hit in search(view.localized, checked_text(text), count)]

    @computed("The words of a page beside its sentences: headings, outcomes, buttons, empty states.")
    def labels(self, view: LocalView) -> Labels | None:
        return Labels(view, view)

    @computed("The figures of the catalog.", depends_on="catalog")
    def catalog(self, info: Info) -> CatalogInfo | None:
        return CatalogInfo(CatalogView(info.context.catalog, info.context.preview))

    @computed("A document by its id, in the variant that the id was handed out for.", cost=5, depends_on="catalog")
    def node(self, info: Info, id: Id) -> Node | None:
        return fetch(info.context, id)

    @computed(
        "Documents by their ids, in the same order. One that cannot be fetched is null, with its own error.",
        cost=5,
        depends_on="catalog",
    )
    def nodes(self, info: Info, ids: Ids) -> list[Node | None] | None:
        return fetch_all(info.context, ids)


QUERIES = (
    "All queries. A field that cannot be answered is null, with one coded error; the rest of the response is valid."
)
"""The description of the type of queries."""


@root_type(QUERIES, name="Query")
class ReadersQuery(Published):
    @computed(
        "The pages that changed since a version: careers, skills and comparisons. The first time it is asked for a "
        "version that is not among those kept, it takes as long as a catalog of the past takes to be read.",
        cost=2500,
        depends_on="catalog",
        historical=True,
    )
    def changes(
        self, info: Info, since: Since, count: Count, engine: Engine = None, after: Cursor = None
    ) -> CatalogChanges | None:
        return CatalogChanges(changes(info, since, engine, count, after))

    @computed("The user that the host application has signed in; null where nobody is.", private=True)
    def viewer(self, info: Info) -> Viewer | None:
        return None if info.context.user is None else Viewer(info.context.user)


Known = Annotated[
    int | None, argument("The version that you know: where the catalog has another one already, that is sent at once.")
]


@root_type("All subscriptions, over Server-Sent Events at the same address as queries.")
class Subscription:
    @subscribed("The catalog, whenever its version changes. `changes` lists the pages that changed.")
    async def catalog_changed(
        self, info: strawberry.Info[Context, None], since: Known = None
    ) -> AsyncIterator[CatalogInfo]:
        async for catalog in info.context.news(info.context.catalog.version if since is None else since):
            yield CatalogInfo(CatalogView(catalog))
