"""What a publish costs, against the goals: under the writers' lock, in the renewal of neighbours, in a running server.

On O*NET's occupations where they are at hand, and on generated careers. Processor time of one core. The neighbours of
the generated careers are made up: working out those of 10,000 takes minutes, and no figure rests on which they are.

    python -m benchmarks.publish [--data ../shared/data | --database FILE] [--careers 10000]
"""

import argparse
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from time import process_time
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from benchmarks.generate import generated
from benchmarks.imported import imported
from benchmarks.imports import DATA, run
from careergraph.api.warm_up import steps
from careergraph.editorial.access.actor import Actor, Role
from careergraph.editorial.editing.document_state import newest, plain
from careergraph.editorial.editing.guards import state_of
from careergraph.editorial.preview.impact import impact
from careergraph.editorial.preview.preview import lay_over_catalog
from careergraph.editorial.preview.selection import Selection
from careergraph.editorial.verbs.bulk import MOST, Action, Task, bulk
from careergraph.editorial.verbs.documents.drafts import save_draft
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.editorial.verbs.documents.rename import rename
from careergraph.editorial.verbs.documents.replace import MOST as REFERRING
from careergraph.editorial.verbs.documents.replace import replace_reference
from careergraph.editorial.verbs.documents.save_drafts import Draft, save_drafts
from careergraph.editorial.verbs.documents.unpublish import archive
from careergraph.editorial.verbs.releases import open_release, publish_release
from careergraph.engine.content.component import Component
from careergraph.engine.content.neighbour import Neighbour, Shared
from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.catalogs.neighbourhoods import store_rows
from careergraph.store.catalogs.renewal import renew
from careergraph.store.database.database import connect, reading, transaction
from careergraph.store.database.memory import pause_collector
from careergraph.store.documents.documents import CareerDocument, Key
from careergraph.store.documents.rows import live_idents, read, read_all
from careergraph.store.editing import publish as store
from careergraph.store.editing.drafts import state
from careergraph.store.editing.rehearsal import rehearsed
from careergraph.store.tables.content import NeighbourhoodRow

TIMES = 5
DRAFTS = 1_300
ACTOR = Actor(name="benchmark", role=Role.ADMIN)
LOCKED, SLOW, RELEASE, RENEWAL, SERVER, IMPACT = 100, 2000, 3000, 2000, 150, 300
"""The goals, in milliseconds."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.publish", description="Measure what a publish costs.")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of open data")
    parser.add_argument("--database", type=Path, help="an SQLite file with O*NET, instead of importing it")
    parser.add_argument("--careers", type=int, default=10_000, help="generated careers")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if arguments.database is not None:
            shutil.copy(arguments.database, folder / "imported.db")
        elif (arguments.data / "onet_29_3").is_dir():
            imported(arguments.data, folder)
        if (folder / "imported.db").exists():
            Bench(folder / "imported.db", "O*NET", real=True).measure()
        Bench(_generate(folder, arguments.careers), "generated", real=False).measure()


class Bench:
    """The measurements of one database; `real` where its neighbours are those that the rules give."""

    def __init__(self, file: Path, name: str, *, real: bool) -> None:
        self._file, self._name, self._real = file, name, real
        self._engine = connect(f"sqlite:///{file}")
        self._numbers = iter(range(1, 1_000_000))
        self._before = 0.0
        with reading(self._engine) as session:
            self._careers = sorted(live_idents(session, "career"))

    def measure(self) -> None:
        """Measure and print all figures."""
        print(f"\n{self._name}: {len(self._careers):,} careers\n{'':<52}{'ms':>8}{'most':>8}{'goal':>8}")
        if self._real:
            renew(self._engine)
        catalogs = Catalogs(self._engine)
        _make_ready(catalogs.current(), None)
        self._steps()
        self._slow_steps()
        self._growth()
        self._server(catalogs)
        if self._real:
            self._impact(catalogs)
        self._bulk()
        self._release()
        self._replace()
        self._engine.dispose()

    def _steps(self) -> None:
        """One document under the writers' lock; the first round, in which statements are compiled, is left out."""
        times: dict[str, list[float]] = {}
        for _ in range(TIMES + 1):
            for name, seconds in self._round():
                times.setdefault(name, []).append(seconds)
        for name, seconds_of in times.items():
            _line(name, seconds_of[1:], LOCKED)

    def _round(self) -> Iterator[tuple[str, float]]:
        slug = Random(next(self._numbers)).choice(self._careers)
        key, number = ("career", slug), next(self._numbers)
        body = self._body(key)
        skill = next(it["skill"] for part in body["skills"] for it in part.get("concepts", ()))
        yield "publish a career's title", self._edit(key, title={"en": f"Title {number}"})
        yield "publish a skill", self._edit(("skill", skill), name={"en": f"Skill {number}"})
        yield "publish a category", self._edit(("category", body["category"]), name={"en": f"Category {number}"})
        yield "publish a career's figure", self._edit(key, values=_other_figure(body["values"], number))
        fresh = ("career", f"newcomer-{number}")
        self._save({**body, "slug": fresh[1], "title": {"en": f"Newcomer {number}"}, "externalIds": []}, None)
        yield "add a career", self._locked(lambda it: publish(it, ACTOR, _seen(it, fresh)))
        yield (
            "rename a career",
            self._locked(lambda it: rename(it, ACTOR, fresh, f"renamed-{number}", base=_seen(it, fresh)[fresh])),
        )
        renamed = ("career", f"renamed-{number}")
        yield "archive a career", self._locked(lambda it: archive(it, ACTOR, _seen(it, renamed)))

    def _slow_steps(self) -> None:
        source, attribute = (self._first(type_name) for type_name in ("source", "attribute"))
        _line("publish a source", [self._edit(source, title="Another title")], LOCKED)
        _line("publish an attribute", [self._edit(attribute, label={"en": "Another label"})], SLOW)
        _line("  rehearsed before", [self._before])
        phrases = self._body(("locale", "de"))["phrases"]
        phrases["and"] += " "
        _line("publish a phrase", [self._edit(("locale", "de"), phrases=phrases)], SLOW)
        _line("  rehearsed before", [self._before])

    def _growth(self) -> None:
        """A renewal after an edit, and after a career more: its time, and the bytes that it stores."""
        if not self._real:
            return
        renew(self._engine)
        for name in ("renew neighbours after an edit", "renew neighbours after one career more"):
            times, sizes = [], []
            for _ in range(TIMES):
                number, before = next(self._numbers), self._stored()
                slug = Random(number).choice(self._careers)
                body = self._body(("career", slug))
                if "edit" in name:
                    self._edit(("career", slug), summary={"en": f"Other work, of number {number}."})
                else:
                    fresh = ("career", f"more-{number}")
                    self._save({**body, "slug": fresh[1], "externalIds": []}, None)
                    self._locked(lambda it: publish(it, ACTOR, _seen(it, fresh)))  # noqa: B023
                times.append(_seconds(lambda: renew(self._engine)))
                sizes.append(self._stored() - before)
            _line(name, times, RENEWAL)
            print(f"  {'bytes stored':<50}{sum(sizes) / TIMES:>8,.0f}{max(sizes):>8,}")

    def _server(self, catalogs: Catalogs) -> None:
        """What a running server spends on a version: it loads the catalog and makes it ready."""
        before = catalogs.current()
        _make_ready(before, None)
        loads, readies = [], []
        for _ in range(TIMES):
            number = next(self._numbers)
            self._edit(("career", Random(number).choice(self._careers)), title={"en": f"Title {number}"})
            loads.append(_seconds(catalogs.current))
            after = catalogs.current()
            readies.append(_seconds(lambda: _make_ready(after, before)))  # noqa: B023
            before = after
        _line("a running server loads a version", loads, SERVER)
        _line("  and makes it ready", readies, SERVER)

    def _impact(self, catalogs: Catalogs) -> None:
        """What publishing one career would change, told before."""
        times = []
        for _ in range(TIMES):
            number = next(self._numbers)
            key = "career", Random(number).choice(self._careers)
            with reading(self._engine) as session:
                base = newest(state(session, key))
            body = self._body(key)
            self._save({**body, "values": _other_figure(body["values"], number)}, base)
            before = catalogs.current()
            with reading(self._engine) as session:
                start = process_time()
                after = lay_over_catalog(session, before, Selection(keys=(key,)))
                impact(before, after).changes(20)
            times.append(process_time() - start)
        _line("impact of a career's figure", times, IMPACT)

    def _release(self) -> None:
        number = next(self._numbers)
        slugs = self._careers[:DRAFTS]
        with transaction(self._engine) as session:
            slug = open_release(session, ACTOR, f"many-{number}", "Many").slug
            drafts = [self._draft(session, ("career", it)) for it in slugs]
            save_drafts(session, ACTOR, slug, drafts)
        seconds = self._locked(lambda it: publish_release(it, ACTOR, slug, base=state_of(it, slug)))
        _line(f"publish a release of {len(slugs):,} drafts", [seconds], RELEASE)
        _line("  rehearsed before", [self._before])

    def _replace(self) -> None:
        """One skill instead of the one that most careers ask for, and many drafts at once."""
        with reading(self._engine) as session:
            users: Counter[str] = Counter()
            for document in read_all(session):
                if isinstance(document, CareerDocument):
                    users.update({it.skill for part in document.skills for it in part.concepts})
            (old, _), (new, _) = [it for it in users.most_common() if it[1] <= REFERRING][:2]
            bases = {it.key: it.base for it in replace_reference(session, ACTOR, ("skill", old), new, None).uses}
        seconds = self._locked(lambda it: replace_reference(it, ACTOR, ("skill", old), new, bases))
        _line(f"replace a skill in {len(bases):,} documents", [seconds], SLOW)
        _line("  rehearsed before", [self._before])

    def _bulk(self) -> None:
        """The most documents that a bulk verb takes."""
        number = next(self._numbers)
        keys = [("career", slug) for slug in self._careers[:MOST]]
        with transaction(self._engine) as session:
            slug = open_release(session, ACTOR, f"bulk-{number}", "Bulk").slug
            numbers = save_drafts(session, ACTOR, slug, [self._draft(session, key) for key in keys])
        seconds = self._locked(lambda it: bulk(it, ACTOR, numbers, Task(action=Action.PUBLISH)))
        _line(f"publish {len(keys):,} drafts in bulk", [seconds], SLOW)
        _line("  rehearsed before", [self._before])

    @staticmethod
    def _draft(session: Session, key: Key) -> Draft:
        body = plain(read(session, [key])[0])
        return Draft(key=key, body={**body, "summary": {"en": "Of a release."}}, base=newest(state(session, key)))

    def _first(self, type_name: str) -> Key:
        with reading(self._engine) as session:
            return type_name, min(live_idents(session, type_name))

    def _body(self, key: Key) -> dict[str, Any]:
        with reading(self._engine) as session:
            return plain(read(session, [key])[0])

    def _edit(self, key: Key, **fields: object) -> float:
        body = self._body(key)
        with reading(self._engine) as session:
            base = newest(state(session, key))
        self._save({**body, **fields}, base, key[0])
        return self._locked(lambda session: publish(session, ACTOR, _seen(session, key)))

    def _save(self, body: dict[str, Any], base: int | None, type_name: str = "career") -> None:
        with transaction(self._engine) as session:
            save_draft(session, ACTOR, type_name, body, base)

    def _locked(self, work: Callable[[Session], object]) -> float:
        """Return the processor time of some work between taking the writers' lock and giving it back, in seconds. What
        it took before, while nobody waited, is `_before`."""
        start = process_time()
        with rehearsed(lambda: transaction(self._engine), lambda: reading(self._engine), work) as session:
            session.connection()
            begin = process_time()
            work(session)
        self._before = begin - start
        return process_time() - begin

    def _stored(self) -> int:
        with reading(self._engine) as session:
            return session.scalar(select(func.sum(func.length(NeighbourhoodRow.body)))) or 0


def _make_ready(catalog: Any, before: Any) -> None:
    with pause_collector():
        for _ in steps(catalog, before):
            pass


def _other_figure(values: list[dict[str, Any]], number: int) -> list[dict[str, Any]]:
    """The values with another first figure that is a number above 0."""
    first, name = next((it, name) for it in values for name in ("value", "share", "low") if it.get(name))
    return [{**it, name: it[name] * (1 - number / 1e6)} if it is first else it for it in values]


def _generate(folder: Path, careers: int) -> Path:
    """Publish generated careers, each with 25 neighbours that are made up."""
    file = folder / "generated.db"
    engine, random = connect(f"sqlite:///{file}"), Random(1)
    run(["upgrade", "--database", f"sqlite:///{file}"])
    with transaction(engine) as session:
        version = store.publish(session, list(generated(careers)), "benchmark", "") or 0
        slugs = sorted(live_idents(session, "career"))
        store_rows(session, version, version, {slug: _neighbours(random, slugs) for slug in slugs})
    engine.dispose()
    return file


def _neighbours(random: Random, slugs: list[str]) -> tuple[Neighbour, ...]:
    shared = (Shared(Component.TASKS, "market"), Shared(Component.TITLES, "data"))
    scores = sorted([round(random.random(), 4) for _ in range(25)], reverse=True)
    chosen = zip(random.sample(slugs, 25), scores, strict=True)
    return tuple([Neighbour(slug, score, (score, None, None, score, score, score), shared) for slug, score in chosen])


def _line(name: str, seconds: list[float], goal: int | None = None) -> None:
    times = sorted(seconds)
    missed = "" if goal is None or times[-1] * 1e3 <= goal else "  missed"
    print(f"  {name:<50}{times[len(times) // 2] * 1e3:>8.0f}{times[-1] * 1e3:>8.0f}{goal or '':>8}{missed}".rstrip())


def _seen(session: Session, key: Key) -> dict[Key, int]:
    """The newest revision of a document, as whoever publishes it has seen it."""
    return {key: newest(state(session, key)) or 0}


def _seconds(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return process_time() - start


if __name__ == "__main__":
    main()
