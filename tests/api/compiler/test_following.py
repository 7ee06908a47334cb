"""What is rendered of one version serves the next one as far as it holds of both, and not a byte further."""

import gc
from collections.abc import Callable, Iterator
from itertools import permutations
from random import Random
from typing import Any
from weakref import ref

import msgspec
import pytest
from graphql import DocumentNode, parse, validate
from sqlalchemy import Engine

from api.asking import RULES
from api.compiler.comparing import CORE, standard
from api.compiler.queries import Maker, Pools
from careergraph.api.base.context import Context
from careergraph.api.compiler import compile_plan
from careergraph.api.compiler import fragment_cache as keeping
from careergraph.api.compiler.fragment_shelf import FragmentShelf, encode
from careergraph.api.compiler.plan import Plan
from careergraph.api.limits.execution_budget import Allowance, Budget, BudgetExceeded
from careergraph.api.warm_up import steps
from careergraph.engine.content import Catalog
from careergraph.engine.text.localized_career import all_localized
from careergraph.engine.text.localized_catalog import LocalizedCatalog, localize, retire
from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.catalogs.renewal import renew
from careergraph.store.database.database import reading, transaction
from careergraph.store.documents.documents import Document, Key
from careergraph.store.documents.rows import live_idents, read
from careergraph.store.editing.publish import publish

PAGE = """query Q($a: String!, $b: String!, $locale: String) {
  comparison(a: $a, b: $b, locale: $locale) {
    a { id slug title category { name } skills { text weight } } summary { text facts { career { slug } count } }
    glance { rows { attribute { label } a { display } b { display } outcome } }
    verdict { chooseA { reasons { text } } chooseB { reasons { facts { value { display } } } } conclusion { text } }
    transition(from: B) { grade points statements { text facts { count skill { name } } } }
  }
}"""
"""The page of a comparison, with the ids and proofs that a client may ask for."""


class Site:
    """A server's catalogs, made ready one after the other, and the same built as a whole."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self._catalogs = engine, Catalogs(engine)
        self.catalog = self.former = self._catalogs.current()
        make_ready(self.catalog, None)

    def take(self) -> None:
        """Take the next version, as a server does: the one before the last goes."""
        if self.former is not self.catalog:
            retire(self.former)
        self.former, self.catalog = self.catalog, self._catalogs.current()
        assert self.catalog is not self.former
        make_ready(self.catalog, self.former)

    def publish(self, *documents: Document, removed: tuple[Key, ...] = ()) -> None:
        with transaction(self.engine) as session:
            assert publish(session, documents, "ann", "", removed) is not None
        self.take()

    def document(self, type_name: str, ident: str) -> Any:
        with reading(self.engine) as session:
            (document,) = read(session, [(type_name, ident)])
        return document

    def idents(self, type_name: str) -> list[str]:
        with reading(self.engine) as session:
            return sorted(live_idents(session, type_name))

    def contexts(self) -> tuple[Context, Context]:
        return context_of(self.catalog), context_of(Catalogs(self.engine).current())


def context_of(catalog: Catalog) -> Context:
    return Context(catalog, lambda _: catalog)


def make_ready(catalog: Catalog, before: Catalog | None) -> None:
    for _ in steps(catalog, before):
        pass


@pytest.fixture
def site(engine: Engine) -> Site:
    renew(engine)
    return Site(engine)


CHANGES: dict[str, Callable[[Site, Random], None]] = {}
"""What is published, by a name: each takes a version."""


def change(function: Callable[[Site, Random], None]) -> Callable[[Site, Random], None]:
    CHANGES[function.__name__] = function
    return function


def edited(site: Site, random: Random, type_name: str, edit: Callable[[Any], dict[str, Any]]) -> None:
    document = site.document(type_name, random.choice(site.idents(type_name)))
    site.publish(msgspec.structs.replace(document, **edit(document)))


@change
def title(site: Site, random: Random) -> None:
    edited(site, random, "career", lambda it: {"title": {**it.title, "en": f"{it.title['en']}r"}})


@change
def figures(site: Site, random: Random) -> None:
    """Let two careers have each other's figures."""
    a, b = [site.document("career", it) for it in random.sample(site.idents("career"), 2)]
    site.publish(msgspec.structs.replace(a, values=b.values), msgspec.structs.replace(b, values=a.values))


@change
def skills(site: Site, random: Random) -> None:
    """Take skills from a career: what they weigh may be otherwise for all others."""
    edited(site, random, "career", lambda it: {"skills": it.skills[random.randrange(1, 4) :]})


@change
def skill(site: Site, random: Random) -> None:
    edited(
        site, random, "skill", lambda it: {"name": {**it.name, "en": f"{it.name['en']}s"}, "related": it.related[:1]}
    )


@change
def category(site: Site, random: Random) -> None:
    edited(site, random, "category", lambda it: {"name": {**it.name, "en": f"{it.name['en']} and more"}})


@change
def source(site: Site, random: Random) -> None:
    edited(site, random, "source", lambda it: {"title": f"{it.title} again"})


@change
def collection(site: Site, random: Random) -> None:
    edited(site, random, "collection", lambda it: {"careers": it.careers[1:]})


@change
def attribute(site: Site, random: Random) -> None:
    edited(site, random, "attribute", lambda it: {"label": {**it.label, "en": f"{it.label['en']} now"}})


@change
def locale(site: Site, random: Random) -> None:
    edited(site, random, "locale", lambda it: {"phrases": {**it.phrases, "and": f"{it.phrases['and']}s"}})


@change
def another_career(site: Site, random: Random) -> None:
    document = site.document("career", random.choice(site.idents("career")))
    slug = f"{document.slug}-too"
    site.publish(msgspec.structs.replace(document, slug=slug, external_ids=[], title={"en": slug.title()}))


@change
def renewal(site: Site, _: Random) -> None:
    """Have the neighbours worked out: a version whose careers are all as they were."""
    if renew(site.engine):
        site.take()


REACHING = """query Q {
  careers(first: 100) { edges { node { slug skills { weight } collections { slug careers { slug } } } } }
  more: careers(first: 40) { edges { node { compareWith { slug } category { careers { totalCount } } } } }
  near: careers(first: 40) { edges { node { related { score career { title } } } } }
  skills(first: 100) { edges { node { careers { totalCount } related { name } broader { slug } } } }
  attributes { domains { low high careers } }
  figures: careers(first: 20) { edges { node { values { attribute { domains { careers } } source { title } } } } }
}"""
"""What is of other documents, below objects that are kept."""


def queries(site: Site, random: Random, count: int) -> Iterator[tuple[Plan, DocumentNode, dict[str, Any]]]:
    """Make plans of random valid queries, and many of the page's."""
    maker = Maker(CORE, random, Pools.of(site.catalog), [])
    reaching = compile_plan(CORE, parse(REACHING), soon=1)
    assert reaching is not None
    yield reaching, parse(REACHING), {}
    while count:
        query = maker.make()
        document, variables = parse(query.text), query.variables
        if random.random() < 0.4:
            document = parse(PAGE)
            variables = {"locale": random.choice(["en", "de"]), **pair_of(site, random)}
        elif validate(CORE, document, RULES, max_errors=1):
            continue
        plan = compile_plan(CORE, document, "Q", soon=1)
        if plan is not None and is_small(plan, variables, context_of(site.catalog)):
            yield plan, document, variables
            count -= 1


def is_small(plan: Plan, variables: dict[str, Any], context: Context) -> bool:
    """Return whether a query is answered soon enough to be asked of each version."""
    try:
        run(plan, variables, context, objects=2000)
    except BudgetExceeded:
        return False
    return True


def run(plan: Plan, variables: dict[str, Any], context: Context, objects: int = 50_000) -> bytes | None:
    """Run a plan, however busy the machine is."""
    return plan.run(variables, context, budget=Budget(Allowance(objects=objects, seconds=600)))


def pair_of(site: Site, random: Random) -> dict[str, str]:
    return dict(zip("ab", random.sample(list(site.catalog.careers), 2), strict=True))


@pytest.mark.parametrize("seed", range(2))
def test_no_version_answers_with_what_another_one_rendered(site: Site, seed: int) -> None:
    random = Random(seed)  # noqa: S311 - drawn, not secret
    operations = list(queries(site, random, 40))
    often = ["title", "figures", "skills", "skill", "renewal"]
    for name in [random.choice([*sorted(CHANGES), *often]) for _ in range(8)]:
        CHANGES[name](site, random)
        mine, whole = site.contexts()
        for plan, document, variables in operations:
            for ask in (variables, {**variables, **pair_of(site, random)} if "a" in variables else variables):
                expected = standard(document, ask, whole)
                answer = run(plan, ask, mine)
                assert answer in (None, encode({"data": expected.data})), (name, ask)
                assert (answer is None) <= bool(expected.errors), "a plan answers where there is no error"
                run(plan, ask, context_of(site.former))  # a late request leaves nothing wrong behind


def test_a_publish_leaves_most_to_the_next_version(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = compile_plan(CORE, parse(PAGE), soon=1)
    assert plan is not None
    slugs = list(site.catalog.careers)
    pairs = [{"a": a, "b": b} for a, b in zip(slugs, slugs[1:] + slugs[:1], strict=True)]
    counts: list[int] = []
    hold = FragmentShelf.hold

    def counted(shelf: Any, source: object, item: Any, size: int) -> Any:
        counts[-1] += 1
        return hold(shelf, source, item, size)

    monkeypatch.setattr(FragmentShelf, "hold", counted)
    for _ in range(3):
        counts.append(0)
        assert None not in [plan.run(pair, context_of(site.catalog)) for pair in pairs]
        title(site, Random(1))  # noqa: S311 - drawn, not secret
    first, *others = counts
    assert 0 < max(others) < first / 4, "skills of each career are rendered anew, as what they weigh is of the catalog"


def test_what_is_outdated_goes(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many versions come, no more stays than of a few of them; and what is counted is what there is."""
    monkeypatch.setattr(keeping, "MOST_OUTDATED", 6)
    plan = compile_plan(CORE, parse(PAGE), soon=1)
    assert plan is not None
    slugs, taken = list(site.catalog.careers)[:6], list[int]()
    begin, first = keeping.taken(), ref(site.catalog)
    for version in range(24):
        for a, b in permutations(slugs, 2):
            assert plan.run({"a": a, "b": b}, context_of(site.catalog)) is not None
        taken.append(keeping.taken() - begin)
        document = site.document("career", slugs[version % 6])
        site.publish(msgspec.structs.replace(document, title={"en": f"Title {version}"}))
        gc.collect()
    assert max(taken[12:]) < 1.05 * max(taken[:12])
    assert first() is None
    shelves = {id(it): it for cache in keeping._room.caches for each in cache.editions() for it in each.shelves}
    assert keeping.taken() == sum(it.taken for it in shelves.values())


def test_a_version_that_was_replaced_goes_without_the_collector(site: Site) -> None:
    """All requests wait for a collection, which looks through all that is live."""
    random = Random(5)  # noqa: S311 - drawn, not secret
    operations = list(queries(site, random, 60))
    for name in sorted(CHANGES):
        mine, _ = site.contexts()
        for plan, document, variables in operations:
            for code in ("en", "de"):
                ask = {**variables, "locale": code} if "locale" in variables else variables
                run(plan, ask, mine)
                standard(document, ask, mine)
        former = ref(site.catalog), ref(localize(site.catalog, "de")), ref(localize(site.catalog))
        del mine
        gc.collect()
        gc.disable()
        try:
            CHANGES[name](site, random)
            CHANGES["title"](site, random)
            assert [it() for it in former] == [None] * 3, name
        finally:
            gc.enable()


@pytest.mark.parametrize("locale", ["en", "de"])
def test_a_career_as_it_reads_refers_to_no_catalog(site: Site, locale: str) -> None:
    """Else each version would keep the one before for ever."""
    mine, _ = site.contexts()
    plan = compile_plan(CORE, parse(PAGE), soon=1)
    assert plan is not None
    random = Random(2)  # noqa: S311 - drawn, not secret
    for _ in range(30):
        ask = {"locale": locale, **pair_of(site, random)}
        plan.run(ask, mine)
        standard(parse(PAGE), ask, mine)
    careers: list[Any] = list(localize(site.catalog, locale).once(all_localized).values())
    assert len(careers) > 10
    visited: set[int] = set()
    while careers:
        for each in gc.get_referents(careers.pop()):
            assert not isinstance(each, LocalizedCatalog | Catalog)
            if id(each) not in visited and not isinstance(each, type) and not callable(each):
                visited.add(id(each))
                careers.append(each)
