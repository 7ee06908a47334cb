"""What follows a publish: the renewal of neighbours, a version in a running server; and what it would change."""

from random import Random
from time import process_time
from typing import Any

from benchmarks.publish.writer import ACTOR, IMPACT, RENEWAL, SERVER, TIMES, Writer, line, other_figure, seconds, seen
from careergraph.api.warm_up import steps
from careergraph.editorial.editing.document_state import newest
from careergraph.editorial.preview.impact import impact
from careergraph.editorial.preview.preview import lay_over_catalog
from careergraph.editorial.preview.selection import Selection
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.catalogs.renewal import renew
from careergraph.store.database.database import reading
from careergraph.store.database.memory import pause_collector
from careergraph.store.editing.drafts import state


def measure_renewal(writer: Writer) -> None:
    """A renewal after an edit, and after a career more: its time, and the bytes that it stores."""
    if not writer.real:
        return
    renew(writer.engine)
    for name in ("renew neighbours after an edit", "renew neighbours after one career more"):
        times, sizes = [], []
        for _ in range(TIMES):
            number, before = next(writer.numbers), writer.stored()
            slug = Random(number).choice(writer.careers)
            body = writer.body(("career", slug))
            if "edit" in name:
                writer.edit(("career", slug), summary={"en": f"Other work, of number {number}."})
            else:
                fresh = ("career", f"more-{number}")
                writer.save({**body, "slug": fresh[1], "externalIds": []}, None)
                writer.locked(lambda it: publish(it, ACTOR, seen(it, fresh)))  # noqa: B023
            times.append(seconds(lambda: renew(writer.engine)))
            sizes.append(writer.stored() - before)
        line(name, times, RENEWAL)
        print(f"  {'bytes stored':<50}{sum(sizes) / TIMES:>8,.0f}{max(sizes):>8,}")


def measure_servers_renewal(writer: Writer, catalogs: Catalogs) -> None:
    """A renewal by the worker of a server, which has the live catalog, after an edit."""
    renew(writer.engine)
    times = []
    for _ in range(TIMES):
        number = next(writer.numbers)
        writer.edit(
            ("career", Random(number).choice(writer.careers)), summary={"en": f"Other work, of number {number}."}
        )
        catalogs.current()
        times.append(seconds(lambda: renew(writer.engine, live=catalogs.live)))
    line("renew neighbours of a server's catalog", times, RENEWAL)


def measure_server(writer: Writer, catalogs: Catalogs) -> None:
    """What a running server spends on a version: it loads the catalog and makes it ready, and may be asked for it when
    others have followed."""
    before = catalogs.current()
    make_ready(before, None)
    loads, readies = [], []
    for _ in range(TIMES):
        number = next(writer.numbers)
        writer.edit(("career", Random(number).choice(writer.careers)), title={"en": f"Title {number}"})
        loads.append(seconds(catalogs.current))
        after = catalogs.current()
        readies.append(seconds(lambda: make_ready(after, before)))  # noqa: B023
        before = after
    line("a running server loads a version", loads, SERVER)
    line("  and makes it ready", readies, SERVER)
    versions = range(before.version - TIMES, before.version)
    line("  and reads one of the past", [seconds(lambda: catalogs.at_version(it)) for it in versions], SERVER)  # noqa: B023


def measure_impact(writer: Writer, catalogs: Catalogs) -> None:
    """What publishing one career would change, told before."""
    times = []
    for _ in range(TIMES):
        number = next(writer.numbers)
        key = "career", Random(number).choice(writer.careers)
        with reading(writer.engine) as session:
            base = newest(state(session, key))
        body = writer.body(key)
        writer.save({**body, "values": other_figure(body["values"], number)}, base)
        before = catalogs.current()
        with reading(writer.engine) as session:
            start = process_time()
            after = lay_over_catalog(session, before, Selection(keys=(key,)))
            impact(before, after).changes(20)
        times.append(process_time() - start)
    line("impact of a career's figure", times, IMPACT)


def make_ready(catalog: Any, before: Any) -> None:
    """Derive what answers need from a catalog, as a server does."""
    with pause_collector():
        for _ in steps(catalog, before):
            pass
