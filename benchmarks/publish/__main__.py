"""What a publish costs, against the goals: under the writers' lock, in the renewal of neighbours, in a running server.

On O*NET's occupations where they are at hand, and on generated careers. Processor time of one core. The neighbours of
the generated careers are made up: working out those of 10,000 takes minutes, and no figure rests on which they are.

    python -m benchmarks.publish [--data ../shared/data | --database FILE] [--careers 10000]
"""

import argparse
import gc
import shutil
import tempfile
from pathlib import Path
from random import Random

from benchmarks.generate import generated
from benchmarks.imported import imported
from benchmarks.imports import DATA, run
from benchmarks.publish.following import (
    make_ready,
    measure_impact,
    measure_renewal,
    measure_server,
    measure_servers_renewal,
)
from benchmarks.publish.many import measure_bulk, measure_release, measure_replacement
from benchmarks.publish.single import measure_shared, measure_single
from benchmarks.publish.writer import Writer
from careergraph.engine.content.component import Component
from careergraph.engine.content.neighbour import Neighbour, Shared
from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.catalogs.neighbourhoods import store_rows
from careergraph.store.catalogs.renewal import renew
from careergraph.store.database.database import connect, transaction
from careergraph.store.documents.rows import live_idents
from careergraph.store.editing import publish as store
from careergraph.web.catalogs.garbage_collector import filling


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
            _measure(Writer(folder / "imported.db", "O*NET", real=True))
        _measure(Writer(_generate(folder, arguments.careers), "generated", real=False))


def _measure(writer: Writer) -> None:
    """Measure and print all figures of one database."""
    print(f"\n{writer.name}: {len(writer.careers):,} careers\n{'':<52}{'ms':>8}{'most':>8}{'goal':>8}")
    if writer.real:
        renew(writer.engine)
    catalogs = Catalogs(writer.engine)
    with filling():  # as a server does: the collector leaves the catalog alone that it starts with
        make_ready(catalogs.current(), None)
    gc.collect()
    measure_single(writer)
    measure_shared(writer)
    measure_renewal(writer)
    measure_server(writer, catalogs)
    if writer.real:
        measure_servers_renewal(writer, catalogs)
        measure_impact(writer, catalogs)
    measure_bulk(writer)
    measure_release(writer)
    measure_replacement(writer)
    writer.engine.dispose()


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


if __name__ == "__main__":
    main()
