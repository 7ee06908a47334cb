"""Other versions: a catalog of the past made of the live one is the one that is built as a whole, and reads only what
differs."""

import gc
from collections.abc import Iterator

import msgspec
import pytest
from sqlalchemy import Engine

from careergraph.api.base.context import Context
from careergraph.api.readers_schema import readers_schema
from careergraph.api.warm_up import steps
from careergraph.engine.content import Catalog
from careergraph.engine.similarity.pair_ranking import is_ranked, ranking
from careergraph.engine.text.localized_catalog import retire
from careergraph.store.catalogs import past
from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.catalogs.renewal import renew
from careergraph.store.database.database import reading, transaction
from careergraph.store.documents import redirects
from careergraph.store.documents.documents import Document, ImageDocument, Key, PairDocument
from careergraph.store.documents.pictures import ImagePart
from careergraph.store.documents.rows import live_idents, read
from careergraph.store.documents.tolerance import decode_known
from careergraph.store.editing.publish import publish
from truth.same_catalog import require_same

CHANGES = ("source", "category", "skill", "career", "collection", "locale", "attribute")
LOOKUPS = ("careers_in", "careers_with", "careers_called", "careers_by_id", "related_skills", "regions")

QUERY = """query Past($a: String!, $b: String!) {
  comparison(a: $a, b: $b, locale: "de") {
    title summary { text } lead { text } compareWith(first: 9) { slug }
    verdict { conclusion { text } } transition { grade covered kinship gain { text } keep { text } }
  }
  career(slug: $a) { title compareWith(first: 9) { slug } related(first: 9) { score career { title } } }
}"""


def changed(engine: Engine, type_name: str, place: int = 0, **cells: object) -> Document:
    with reading(engine) as session:
        ident = sorted(live_idents(session, type_name))[place]
        (document,) = read(session, [(type_name, ident)])
    return msgspec.structs.replace(document, **cells)


def edited(engine: Engine, type_name: str) -> Document:
    cells: dict[str, dict[str, object]] = {
        "source": {"title": "Edited"},
        "category": {"name": {"en": "Edited"}},
        "skill": {"name": {"en": "Edited"}},
        "attribute": {"label": {"en": "Edited"}},
        "locale": {"phrases": {"and": "plus"}},
    }
    return changed(engine, type_name, 0, **cells.get(type_name, {"title": {"en": "Edited"}}))


def publishing(engine: Engine, *documents: Document, removed: tuple[Key, ...] = ()) -> None:
    with transaction(engine) as session:
        assert publish(session, documents, "ann", "", removed) is not None


def prepared(catalogs: Catalogs) -> Catalog:
    catalog = catalogs.current()
    for _ in steps(catalog, None):
        pass
    return catalog


def require_same_past(engine: Engine, catalogs: Catalogs) -> None:
    """Each version so far, from the live catalog and from nothing."""
    live = catalogs.current()
    for version in range(1, live.version):
        past, whole = catalogs.at_version(version), Catalogs(engine).at_version(version)
        require_same(past, whole)
        assert list(ranking(past).items()) == list(ranking(whole).items())
        for name in LOOKUPS:
            assert getattr(past, name) == getattr(whole, name), (version, name)
        a, b, *_ = whole.careers
        mine, theirs = (answer(catalog, a, b) for catalog in (past, whole))
        assert mine == theirs


def answer(catalog: Catalog, a: str, b: str) -> object:
    context = Context(catalog, lambda _: catalog)
    result = readers_schema.execute_sync(QUERY, variable_values={"a": a, "b": b}, context_value=context)
    assert not result.errors
    return result.data


@pytest.mark.parametrize("type_name", CHANGES)
def test_before_a_change_of_each_type(engine: Engine, type_name: str) -> None:
    renew(engine)
    publishing(engine, edited(engine, type_name))
    renew(engine)
    publishing(engine, changed(engine, "career", 3, title={"en": "Edited too"}))
    catalogs = Catalogs(engine)
    prepared(catalogs)
    require_same_past(engine, catalogs)


def test_before_what_came_went_and_was_renamed(engine: Engine) -> None:
    renew(engine)
    for number, slug in enumerate(("aa-first", "zz-last")):
        publishing(engine, changed(engine, "career", number, slug=slug, external_ids=[], title={"en": slug}))
    publishing(engine, PairDocument(a="aa-first", b="zz-last", featured=True))
    renew(engine)
    image = ImageDocument(slug="at-work", alt={"en": "At work"})
    publishing(engine, image, changed(engine, "career", 2, image=ImagePart(slug="at-work")))
    publishing(engine, removed=(("pair", "aa-first-vs-zz-last"),))
    with transaction(engine) as session:
        (document,) = read(session, [("career", "aa-first")])
        publish(session, [msgspec.structs.replace(document, slug="mm-mid")], "ann", "", [("career", "aa-first")])
        redirects.add(session, ("career", "aa-first"), "mm-mid")
    publishing(engine, msgspec.structs.replace(document, title={"en": "Back"}), removed=(("career", "zz-last"),))
    renew(engine)
    catalogs = Catalogs(engine)
    prepared(catalogs)
    require_same_past(engine, catalogs)


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The documents that are read, by their types."""
    types: list[str] = []

    def counting(body: str, kind: type[Document]) -> Document:
        types.append(kind.TYPE)
        return decode_known(body, kind)

    monkeypatch.setattr(past, "decode_known", counting)
    yield types


def test_only_what_differs_is_read_and_made(engine: Engine, decoded: list[str]) -> None:
    """However often something was published meanwhile: under constant publishes each build read everything twice."""
    renew(engine)
    catalogs = Catalogs(engine)
    for number in range(4):
        publishing(engine, changed(engine, "career", title={"en": f"Edition {number}"}))
        live = prepared(catalogs)
        decoded.clear()
        past = catalogs.at_version(1)
        assert decoded == ["career"]
        assert [slug for slug, it in past.careers.items() if live.careers[slug] is not it] == [min(live.careers)]
        assert past.skills is live.skills
        assert is_ranked(past), "what was derived of the live catalog is derived of it again"
        catalogs = Catalogs(engine)


def test_a_version_is_made_of_the_catalog_that_is_still_served(engine: Engine) -> None:
    """As long as the live one is not prepared, less of it can be taken over. Nobody serves the former one after that,
    and nothing keeps it."""
    renew(engine)
    publishing(engine, changed(engine, "career", title={"en": "Two"}))
    catalogs = Catalogs(engine)
    former = prepared(catalogs)
    publishing(engine, changed(engine, "career", title={"en": "Three"}))
    live = catalogs.current()
    assert not is_ranked(live)
    assert is_ranked(catalogs.at_version(1))
    retire(former)
    del former
    gc.collect()
    publishing(engine, changed(engine, "career", 1, title={"en": "Four"}))
    require_same(catalogs.at_version(3), live)
    require_same(catalogs.at_version(2), Catalogs(engine).at_version(2))


def test_a_restored_database_shares_nothing_with_the_catalog_before(engine: Engine) -> None:
    """Numbers of versions are those of another history then."""
    publishing(engine, changed(engine, "career", title={"en": "Two"}))
    publishing(engine, changed(engine, "career", title={"en": "Three"}))
    catalogs = Catalogs(engine)
    live = catalogs.current()
    assert catalogs._live is not None
    later = live.published_at.replace(year=2050)
    catalogs._live = catalogs._live._replace(info=catalogs._live.info._replace(published_at=later))
    past = catalogs.at_version(2)
    assert not set(map(id, past.careers.values())) & set(map(id, live.careers.values()))
