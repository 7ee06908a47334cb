"""Updates: a catalog made of the one before and what changed is the one that is built as a whole."""

import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from sqlalchemy import Engine, text

from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.catalogs.renewal import renew
from careergraph.store.database.database import reading, transaction
from careergraph.store.documents import redirects
from careergraph.store.documents.documents import (
    Document,
    ImageDocument,
    Key,
    PairDocument,
    ProfilePart,
    RelationPart,
)
from careergraph.store.documents.pictures import FilePart, ImagePart
from careergraph.store.documents.rows import live_idents, read
from careergraph.store.editing.publish import publish
from truth.same_catalog import require_same

SOURCE = "comparison-page"
TEXTS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "locale": lambda it: {"phrases": {**it.phrases, "and": " plus "}},
    "source": lambda it: {"title": f"{it.title} 2"},
    "attribute": lambda it: {"label": {**it.label, "en": "Another label"}},
    "category": lambda it: {"name": {"en": "Another field"}},
    "skill": lambda it: {"name": {"en": "Another skill"}, "related": it.related[:1]},
    "career": lambda it: {
        "title": {"en": "Another title"},
        "profile": ProfilePart(source=SOURCE, tasks=["Sort books."]),
        "relations": [RelationPart(source=SOURCE, scheme="x", ids=["1"])],
    },
    "collection": lambda it: {"careers": it.careers[1:]},
}


def changed(engine: Engine, type_name: str, place: int = 0, **cells: object) -> Document:
    with reading(engine) as session:
        ident = sorted(live_idents(session, type_name))[place]
        (document,) = read(session, [(type_name, ident)])
    return msgspec.structs.replace(document, **cells or TEXTS[type_name](document))


def publishing(engine: Engine, *documents: Document, removed: tuple[Key, ...] = ()) -> None:
    with transaction(engine) as session:
        assert publish(session, documents, "ann", "", removed) is not None


def whole(engine: Engine) -> Any:
    return Catalogs(engine).current()


def test_an_image_that_a_career_shows(engine: Engine) -> None:
    file = FilePart(sha256="a" * 64, media_type="image/png", width=900, height=600, bytes=1)
    image = ImageDocument(slug="at-work", alt={"en": "At work"}, file=file)
    catalogs = Catalogs(engine)
    catalogs.current()
    publishing(engine, image, changed(engine, "career", image=ImagePart(slug="at-work")))
    slug = min(catalogs.current().careers)
    require_same(catalogs.current(), whole(engine))
    before = catalogs.current()
    publishing(engine, msgspec.structs.replace(image, alt={"en": "Still at work"}))
    after = catalogs.current()
    require_same(after, whole(engine))
    assert after.careers[slug].image is after.images["at-work"]
    assert after.files.keys() == before.files.keys() == {"a" * 64}
    assert [it for it in after.careers if after.careers[it] is not before.careers[it]] == [slug]
    publishing(engine, changed(engine, "career", image=None), removed=(("image", "at-work"),))
    require_same(catalogs.current(), whole(engine))
    assert not catalogs.current().files


@pytest.mark.parametrize("type_name", TEXTS)
def test_a_change_of_each_type(engine: Engine, type_name: str) -> None:
    renew(engine)
    publishing(engine, *[changed(engine, "career", place, **TEXTS["career"](None)) for place in range(1, 6)])
    catalogs = Catalogs(engine)
    before = catalogs.current()
    publishing(engine, changed(engine, type_name))
    require_same(catalogs.current(), whole(engine))
    publishing(engine, changed(engine, "skill"), changed(engine, "source"), changed(engine, "category"))
    renew(engine)
    require_same(catalogs.current(), whole(engine))
    assert before.version + 2 <= catalogs.current().version


def test_what_comes_goes_and_is_renamed(engine: Engine) -> None:
    renew(engine)
    catalogs = Catalogs(engine)
    catalogs.current()
    for number, slug in enumerate(("aa-first", "zz-last")):
        publishing(engine, changed(engine, "career", number, slug=slug, external_ids=[], title={"en": slug}))
    publishing(engine, PairDocument(a="aa-first", b="zz-last", featured=True))
    require_same(catalogs.current(), whole(engine))
    renew(engine)
    require_same(catalogs.current(), whole(engine))
    publishing(engine, removed=(("pair", "aa-first-vs-zz-last"),))
    with transaction(engine) as session:
        (document,) = read(session, [("career", "aa-first")])
        publish(session, [msgspec.structs.replace(document, slug="mm-mid")], "ann", "", [("career", "aa-first")])
        redirects.add(session, ("career", "aa-first"), "mm-mid")
    require_same(catalogs.current(), whole(engine))
    publishing(engine, msgspec.structs.replace(document, title={"en": "Back"}), removed=(("career", "zz-last"),))
    require_same(catalogs.current(), whole(engine))
    renew(engine)
    require_same(catalogs.current(), whole(engine))


def test_what_did_not_change_is_the_same_object(engine: Engine) -> None:
    catalogs = Catalogs(engine)
    before = catalogs.current()
    edited = changed(engine, "category")
    publishing(engine, edited)
    after = catalogs.current()
    for slug, career in after.careers.items():
        assert (career is before.careers[slug]) == (career.category.slug != edited.ident)
    assert after.skills is before.skills


def test_what_a_later_version_wrote_is_read_as_far_as_it_is_known(engine: Engine) -> None:
    """By a server of the version before: fields that it does not know, and documents of types that it does not know."""
    catalogs = Catalogs(engine)
    catalogs.current()
    image = ImagePart(url="https://images.example/a.jpg", alt={"en": "A desk"})
    publishing(engine, changed(engine, "career", title={"en": "Of later"}, image=image), changed(engine, "attribute"))
    with engine.begin() as connection:
        revisions = connection.execute(text("SELECT id, body FROM careergraph_revision WHERE version = 2")).all()
        for number, body in revisions:
            later = json.loads(body) if isinstance(body, str) else body
            later |= {"mood": "happy", **({"image": {**later["image"], "mood": "happy"}} if "image" in later else {})}
            cells = {"body": json.dumps(later), "id": number}
            connection.execute(text("UPDATE careergraph_revision SET body = :body WHERE id = :id"), cells)
        column = "image" if engine.dialect.name == "sqlite" else "image::text"
        (written,) = connection.scalars(text(f"SELECT {column} FROM careergraph_career WHERE image IS NOT NULL"))
        cells = {"image": json.dumps({**json.loads(written), "mood": "happy"})}
        connection.execute(text("UPDATE careergraph_career SET image = :image WHERE image IS NOT NULL"), cells)
    with transaction(engine) as session:
        publish(session, [changed(engine, "career", 1, title={"en": "Another"})], "ann", "")
        session.execute(text("UPDATE careergraph_revision SET document_type = 'poll' WHERE version = 3"))
    assert [len(revisions), catalogs.current().version] == [2, 3]
    for catalog in (catalogs.current(), whole(engine), Catalogs(engine).at_version(2)):
        career = catalog.careers[min(catalog.careers)]
        assert (career.title["en"], career.image and career.image.url) == ("Of later", image.url)
