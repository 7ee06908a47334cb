"""What a suggestion costs: CPU time a phrase against 14,000 concepts, and the time and memory of the index.

With ESCO's labels and aliases where they are at hand; else with concepts and phrases that are put together from words.

    python -m benchmarks.suggest [--data ../shared/data] [--phrases 2000]
"""

import argparse
import tracemalloc
from collections.abc import Sequence
from pathlib import Path
from random import Random
from time import process_time

from benchmarks.eval.esco import Esco
from careergraph.editorial.suggest.language import ENGLISH
from careergraph.editorial.suggest.suggester import Suggester
from careergraph.editorial.suggest.suggestion import Concept

DATA = Path(__file__).parents[2] / "shared" / "data"
CONCEPTS = 14_000


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.suggest", description="Measure suggestions.")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the open career data")
    parser.add_argument("--phrases", type=int, default=2000, help="phrases that are asked for")
    arguments = parser.parse_args()
    name, concepts, phrases = _real(arguments.data) or _made_up()
    chosen = Random(1).sample(phrases, min(arguments.phrases, len(phrases)))
    start = process_time()
    suggester = Suggester(concepts)
    print(f"\nsuggest: {len(concepts):,} concepts by {len(suggester.index.names):,} names ({name})")
    print(f"  index     {process_time() - start:6.2f} s, {_megabytes(concepts):.0f} MB")
    for round_name in ("first", "again"):  # what is worked out for a word is kept
        spent = sorted(_milliseconds(suggester, phrase) for phrase in chosen)
        half, most = spent[len(spent) // 2], spent[len(spent) * 95 // 100]
        print(f"  {round_name}     {half:6.2f} ms a phrase, median; 95 of 100 within {most:.2f} ms")


def _real(data: Path) -> tuple[str, list[Concept], list[str]] | None:
    try:
        esco = Esco.read(data)
    except FileNotFoundError:
        return None
    return "ESCO", esco.concepts(with_aliases=True), [alias for alias, _ in (*esco.cases(0), *esco.cases(1))]


def _made_up() -> tuple[str, list[Concept], list[str]]:
    random = Random(1)
    verbs = [word for group in ENGLISH.alike[:30] for word in group]
    syllables = ("ka", "ro", "mi", "ten", "sol", "ver", "dan", "pri", "lu", "gos")
    nouns = ["".join(random.choices(syllables, k=3)) for _ in range(4000)]
    names = [f"{random.choice(verbs)} {' '.join(random.sample(nouns, 2))}" for _ in range(CONCEPTS)]
    phrases = [f"{random.choice(verbs)} {' '.join(random.choice(names).split()[1:])}" for _ in range(CONCEPTS)]
    return "made up", [Concept(slug=str(place), names=(name,)) for place, name in enumerate(names)], phrases


def _milliseconds(suggester: Suggester, phrase: str) -> float:
    start = process_time()
    suggester.suggest(phrase)
    return 1e3 * (process_time() - start)


def _megabytes(concepts: Sequence[Concept]) -> float:
    tracemalloc.start()
    suggester = Suggester(concepts)
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert suggester.index.names
    return kept / 1e6


if __name__ == "__main__":
    main()
