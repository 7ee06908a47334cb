"""A small catalog of which every document has a secret draft, and its twin without any: alike for every reader."""

import shutil
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor, Role
from careergraph.editorial.editing.document_state import newest, plain
from careergraph.editorial.verbs.access.tokens import create_preview, create_token
from careergraph.editorial.verbs.documents.drafts import discard_draft, save_draft, submit_for_review
from careergraph.editorial.verbs.documents.review import add_comment, approve, send_back
from careergraph.editorial.verbs.documents.schedule import schedule
from careergraph.editorial.verbs.documents.unpublish import archive
from careergraph.editorial.verbs.releases import add_to_release, open_release
from careergraph.engine.text.phrases import LOCALE_PHRASES
from careergraph.store.access.people import Person, note_person
from careergraph.store.catalogs.past import newest as newest_edition
from careergraph.store.database.database import connect, reading, transaction
from careergraph.store.documents.documents import BY_TYPE, Document, Key, key_of
from careergraph.store.documents.pictures import FilePart
from careergraph.store.documents.references import references, texts
from careergraph.store.documents.rows import read_all
from careergraph.store.editing.drafts import state
from careergraph.store.editing.media_files import add_file
from careergraph.store.editing.publish import publish
from careergraph.store.editing.schedules import Action
from editorial.verbs.desk import bases_of
from web.editing import TOMORROW

MARK = "7f3xkq9w"
"""What every secret holds, in whatever else it says."""
SECRET = f"zq{MARK}"
FILE, SECRET_FILE = "a" * 64, "b" * 64
"""The files of the image that is live, and of its draft."""
WAGE = 987_000
"""What secret wages begin at."""

CAREERS = ("accountant", "actuary", "data-scientist", "librarian")
EDITOR = Actor(name=f"{SECRET}-editor", role=Role.ADMIN)
NEW, GONE, AWAY = (f"{SECRET}-{it}" for it in ("new", "gone", "away"))
"""The slugs of what there is only as a draft, or was before it was discarded or put away."""
LOCALE = f"zq-{MARK}"

Body = dict[str, Any]
Cut = Callable[[tuple[Document, ...]], tuple[Document, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Twins:
    """Two databases, and the instants of their versions. `secrets` are those of the drafts that a preview shows."""

    drafted: str
    bare: str
    instants: tuple[datetime, ...]
    secrets: dict[Key, str]
    preview: str
    token: str


def twins(seeded: Path, folder: Path) -> Twins:
    """Makes both out of the seeded database: cut down to a few careers as its second version, to fewer as its third."""
    bare, drafted = folder / "bare.db", folder / "drafted.db"
    shutil.copyfile(seeded, bare)
    instants = tuple(_version(bare, cut) for cut in (tuple, _few, _fewer))
    shutil.copyfile(bare, drafted)
    engine = connect(f"sqlite:///{drafted}")
    secrets = _drafted(engine)
    previewed = tuple(it for it in secrets if GONE not in it[1] and AWAY not in it[1])
    with transaction(engine) as session:
        preview = create_preview(session, EDITOR, f"{SECRET} boss", bases_of(session, *previewed), expires_at=TOMORROW)
        token = create_token(session, EDITOR, f"{SECRET} robot", Role.ADMIN)
    engine.dispose()
    return Twins(
        drafted=f"sqlite:///{drafted}",
        bare=f"sqlite:///{bare}",
        instants=instants,
        secrets={key: secrets[key] for key in previewed},
        preview=preview.secret,
        token=token.secret,
    )


def _version(file: Path, cut: Cut) -> datetime:
    """Publishes what is left of a database, and answers when that was."""
    engine = connect(f"sqlite:///{file}")
    with transaction(engine) as session:
        live = read_all(session)
        kept = cut(live)
        for digest in (FILE, SECRET_FILE):
            add_file(session, msgspec.convert(_file(digest), FilePart), "test")
        publish(session, kept, "test", "", sorted({key_of(it) for it in live} - {key_of(it) for it in kept}))
    with reading(engine) as session:
        info = newest_edition(session)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")  # so that the file is all there is to copy
    engine.dispose()
    assert info is not None
    return info.published_at


def _few(live: tuple[Document, ...]) -> tuple[Document, ...]:
    """Some careers with all that they lead to, a collection and a pair of them; nothing else but the languages."""
    every = {key_of(it): plain(it) for it in live}
    kept = {key: body for key, body in every.items() if key[0] in ("locale", "attribute")}
    waiting: list[Key] = [("career", slug) for slug in CAREERS]
    while waiting:
        key = waiting.pop()
        if key not in kept:
            kept[key] = every[key]
            waiting += [target for _, target in references(key[0], every[key]) if target in every]
    kept["image", "few"] = {"slug": "few", "alt": {"en": "A few at work"}, "file": _file(FILE), "credit": "Ann"}
    kept["career", CAREERS[0]] = {**kept["career", CAREERS[0]], "image": {"slug": "few"}}
    kept["collection", "few"] = {"slug": "few", "title": {"en": "A few"}, "careers": list(CAREERS[:3])}
    pair = {"a": CAREERS[0], "b": CAREERS[1], "introduction": {"en": "Both count."}}
    question = {"question": {"en": "Which?"}, "answer": {"en": "Either."}}
    kept["pair", f"{CAREERS[0]}-vs-{CAREERS[1]}"] = {**pair, "questions": [question]}
    return tuple(msgspec.convert(body, BY_TYPE[key[0]]) for key, body in kept.items())


def _fewer(live: tuple[Document, ...]) -> tuple[Document, ...]:
    return tuple(it for it in live if key_of(it) != ("career", CAREERS[3]))


def _drafted(engine: Engine) -> dict[Key, str]:
    """Drafts a secret state of everything, and secret new documents in every state that a draft can be in. Answers the
    secret of each."""
    with reading(engine) as session:
        live = {key_of(it): plain(it) for it in read_all(session)}
    fresh = [it for name in (NEW, GONE, AWAY) for it in _fresh(live["career", CAREERS[0]], name)]
    drafts = [*((key[0], body) for key, body in live.items()), *fresh]
    secrets: dict[Key, str] = {}
    with transaction(engine) as session:
        for number, (type_name, body) in enumerate(drafts):
            key = key_of(msgspec.convert(body, BY_TYPE[type_name]))
            secrets[key] = f"{SECRET}{number:03d}x"
            base = newest(state(session, key))
            save_draft(session, EDITOR, type_name, secretive(type_name, body, secrets[key]), base, note=f"{SECRET} why")
        _move_on(session)
    return secrets


def _move_on(session: Session) -> None:
    """In review, in a release, scheduled, discarded, put away."""
    career, skill = ("career", NEW), ("skill", NEW)
    base = bases_of(session, career)[career]
    name = f"{SECRET} name"
    note_person(session, Person(name=EDITOR.name, display_name=name, role="ADMIN", types=None, last_seen_at=TOMORROW))
    submit_for_review(session, EDITOR, career, SECRET, base=base, assignee=EDITOR.name)
    add_comment(session, EDITOR, career, "title.en", f"{SECRET} comment", base=base)
    send_back(session, EDITOR, career, f"{SECRET} reason", base=base)
    submit_for_review(session, EDITOR, career, SECRET, base=base)
    approve(session, replace(EDITOR, name=f"{SECRET}-other"), career, SECRET, base=base)
    open_release(session, EDITOR, f"{SECRET}-release", f"{SECRET} release")
    add_to_release(session, EDITOR, f"{SECRET}-release", bases_of(session, career, skill))
    for key, action in ((skill, Action.PUBLISH), (("collection", "few"), Action.UNPUBLISH)):
        schedule(session, EDITOR, key, action, base=bases_of(session, key)[key], at=TOMORROW, zone="UTC")
    for type_name in ("career", "skill", "category", "attribute", "collection", "source", "image"):
        gone, away = (type_name, GONE), (type_name, AWAY)
        discard_draft(session, EDITOR, gone, base=bases_of(session, gone)[gone])
        archive(session, EDITOR, bases_of(session, away))


def _fresh(career: Body, slug: str) -> Iterator[tuple[str, Body]]:
    """New documents of every type, which refer to each other and to what is live."""
    name = {"en": "New"}
    yield "source", {"slug": slug, "title": "New", "publisher": "New", "kind": "EDITORIAL"}
    yield "category", {"slug": slug, "name": name, "summary": name}
    yield "attribute", {"key": slug, "label": name, "kind": "FLAG", "better": "HIGHER", "position": 90}
    yield "image", {"slug": slug, "alt": name, "file": _file(SECRET_FILE)}
    concept = career["skills"][0]["concepts"][0]["skill"]
    external = {"externalIds": [{"scheme": MARK, "id": SECRET}]}
    yield "skill", {"slug": slug, "name": name, "aliases": {"en": ["New"]}, "related": [concept], **external}
    flag = {"attribute": slug, "source": slug, "yes": True}
    skills = [*career["skills"], {"text": name, "concepts": [{"skill": slug, "proposedBy": SECRET}]}]
    mine = {
        "slug": slug,
        "category": slug,
        "image": {"slug": slug},
        "values": [*career["values"], flag],
        "skills": skills,
        **external,
    }
    yield "career", {**career, **mine}
    yield "collection", {"slug": slug, "title": name, "careers": [slug, career["slug"]]}
    if slug == NEW:
        a, b = sorted((slug, career["slug"]))
        yield "pair", {"a": a, "b": b, "introduction": name, "featured": True}
        phrases = {name: "New" for name, slots in LOCALE_PHRASES.items() if not slots}
        yield "locale", {"code": LOCALE, "name": "New", "fallback": "en", "phrases": phrases}


def _file(digest: str) -> Body:
    return {"sha256": digest, "mediaType": "image/png", "width": 900, "height": 600, "bytes": 1}


def secretive(type_name: str, body: Body, secret: str) -> Body:
    """The document with the secret in all of its texts, and secret wages."""
    fresh = deepcopy(body)
    for _, written in texts(type_name, fresh):
        for locale, text in written.items():
            written[locale] = f"{text} {secret}" if isinstance(text, str) else [f"{it} {secret}" for it in text]
    if type_name == "image":
        fresh["file"] = _file(SECRET_FILE)
    for name in ("publisher", "licence", "credit", "vintage"):
        if fresh.get(name):
            fresh[name] = f"{fresh[name]} {secret}"
    if type_name in ("locale", "source"):
        fresh |= {name: f"{fresh[name]} {secret}" for name in ("name", "title") if name in fresh}
    if type_name == "locale":
        fresh |= {"phrases": {it: f"{text} {secret}" for it, text in fresh.get("phrases", {}).items()}}
    for number, value in enumerate(fresh.get("values", ())):
        value |= {it: WAGE + number for it in ("low", "high") if it in value}
    return fresh
