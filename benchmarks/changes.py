"""How long `changes` takes to name the pages that edits of some careers changed, in CPU time of one core.

The first answer includes finding what is touched. `all` is the whole walk, a hundred pages an answer; beside it stands
what answering every page of both catalogs would take, at the rate that the walk itself had.

    python -m benchmarks.changes [--careers 1000]
"""

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from time import process_time

import msgspec

from benchmarks.generate import generated
from careergraph.api.base.page_key import START
from careergraph.api.changes.detect import ChangeDetector
from careergraph.api.schema import schema
from careergraph.engine.content import Catalog
from careergraph.store.catalogs.build import build_catalog
from careergraph.store.documents.documents import CareerDocument, Document

WHEN = datetime(2026, 1, 1, tzinfo=UTC)
EDITED = (1, 5, 25)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.changes", description="Measure `changes`.")
    parser.add_argument("--careers", type=int, default=1000, help="generated careers")
    documents = generated(parser.parse_args().careers)
    before = _catalog(documents, 1)
    pairs = before.pairs
    print(f"{len(before.careers):,} careers, {pairs:,} comparisons, {len(before.locales)} locales")
    print(f"{'edited':>8}{'pages':>10}{'answers':>9}{'first ms':>10}{'mean ms':>9}{'all s':>8}{'in full s':>11}")
    for edited in EDITED:
        _measure(before, _catalog(_edited(documents, edited), 2), edited)


def _catalog(documents: Sequence[Document], version: int) -> Catalog:
    published = {it.ident: WHEN for it in documents if isinstance(it, CareerDocument)}
    return build_catalog(documents, version, WHEN, published)


def _edited(documents: Sequence[Document], count: int) -> list[Document]:
    """The documents, with other summaries of some careers."""
    slugs = [document.ident for document in documents if isinstance(document, CareerDocument)][:count]
    return [
        msgspec.structs.replace(document, summary={"en": "Another summary."})
        if isinstance(document, CareerDocument) and document.ident in slugs
        else document
        for document in documents
    ]


def _measure(before: Catalog, after: Catalog, edited: int) -> None:
    pages, times = 0, []
    place = START
    while True:
        start = process_time()
        changed = ChangeDetector(schema=schema._schema, before=before, after=after, as_of=lambda _: after)
        batch = changed.find(100, place)
        times.append(process_time() - start)
        pages += len(batch.pages)
        if batch.next is None:
            break
        place = batch.next
    full = sum(times) / max(pages, 1) * before.pairs
    mean = sum(times) / len(times)
    print(f"{edited:>8}{pages:>10,}{len(times):>9}{times[0] * 1e3:>10.0f}{mean * 1e3:>9.0f}", end="")
    print(f"{sum(times):>8.1f}{full:>11.0f}")


if __name__ == "__main__":
    main()
