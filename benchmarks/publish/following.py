"""What follows a publish: the renewal of neighbours, a version in a running server; and what it would change."""

from collections.abc import Callable
from itertools import islice, pairwise
from random import Random
from time import process_time
from typing import Any

from graphql import parse

from benchmarks.http.scenario import PAGE
from benchmarks.publish.writer import ACTOR, IMPACT, RENEWAL, SERVER, TIMES, Writer, line, other_figure, seconds, seen
from careergraph.api.base.context import Context
from careergraph.api.compiler import compile_plan
from careergraph.api.schema import schema
from careergraph.api.warm_up import steps
from careergraph.editorial.editing.document_state import newest
from careergraph.editorial.preview.impact import impact
from careergraph.editorial.preview.preview import lay_over_catalog
from careergraph.editorial.preview.selection import Selection
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.engine.content import Catalog
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
    before, answer_pairs = catalogs.current(), _pairs(writer)
    make_ready(before, None)
    answer_pairs(before)
    loads, readies, firsts, others = [], [], [], []
    for _ in range(TIMES):
        number = next(writer.numbers)
        writer.edit(("career", Random(number).choice(writer.careers)), title={"en": f"Title {number}"})
        loads.append(seconds(catalogs.current))
        after = catalogs.current()
        readies.append(seconds(lambda: make_ready(after, before)))  # noqa: B023
        firsts.append(seconds(lambda: answer_pairs(after)))  # noqa: B023
        others.append(seconds(lambda: answer_pairs(after)))  # noqa: B023
        before = after
    line("a running server loads a version", loads, SERVER)
    line("  and makes it ready", readies, SERVER)
    line(f"  and answers {PAIRS} pairs", firsts)
    line("  and once more", others)
    versions = range(before.version - TIMES, before.version)
    line("  and reads one of the past", [seconds(lambda: catalogs.at_version(it)) for it in versions], SERVER)  # noqa: B023


def _pairs(writer: Writer) -> Callable[[Catalog], None]:
    """Return a function that answers the pages of some pairs of a catalog."""
    plan = compile_plan(schema._schema, parse(PAGE), soon=1)
    assert plan is not None
    pairs = [{"a": a, "b": b} for a, b in islice(pairwise(writer.careers), PAIRS)]

    def answer(catalog: Catalog) -> None:
        context = Context(catalog, lambda _: catalog)
        assert None not in [plan.run(it, context) for it in pairs]

    return answer


PAIRS = 100
"""The pairs that are asked for when a version is ready."""


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
