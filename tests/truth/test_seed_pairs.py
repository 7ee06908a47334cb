"""Pairs of the seeded catalog, in both directions: true, mirrored, and the same under any hash seed."""

import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from careergraph.engine.comparison.compare import compare
from careergraph.engine.content.outcome import Side
from depth import depth
from truth.checker import all_statements, faults
from truth.moves import transition_faults
from truth.page import BARE_FLAG, repeated
from truth.plain import mirrored, plain, unordered
from truth.seeded import catalog

pytestmark = pytest.mark.long

EVERY = tuple(combinations(catalog().careers, 2))
STEP = depth(7, 1)
"""Every so many-th pair is judged: all of them where tests look deep."""
PAIRS = EVERY[::STEP]
TESTS = Path(__file__).parents[1]


@pytest.mark.parametrize("locale", ["en", "de"])
def test_no_false_statement_and_no_missed_fact(locale: str) -> None:
    wrong_by_pair = {f"{a} {b}": wrong for a, b in PAIRS if (wrong := faults(compare(catalog(), a, b, locale)))}
    assert not wrong_by_pair


@pytest.mark.parametrize("locale", ["en", "de"])
def test_every_description_says_something_beside_the_titles(locale: str) -> None:
    bare = [f"{a} {b}" for a, b in PAIRS if ":" not in compare(catalog(), a, b, locale).description]
    assert not bare


@pytest.mark.parametrize("locale", ["en", "de"])
def test_no_page_says_a_sentence_twice(locale: str) -> None:
    assert not [text for a, b in PAIRS for text in repeated(compare(catalog(), a, b, locale))]


@pytest.mark.parametrize("locale", ["en", "de"])
def test_every_flag_has_sentences_of_its_own(locale: str) -> None:
    statements = (it.text for a, b in PAIRS for _, it in all_statements(compare(catalog(), a, b, locale)))
    assert not [text for text in statements if BARE_FLAG.search(text)]


def test_every_pair_is_weighed_truly() -> None:
    """All that can come out of a reader's weights does, in both languages, and the other way round is the mirror."""
    keys = list(catalog().attributes)
    outcomes: Counter[str | None] = Counter()
    for place, (a, b) in enumerate(EVERY):
        weights = {key: 1 + (place * 7 + number * 3) % 10 for number, key in enumerate(keys) if (place + number) % 3}
        locale = ("en", "de")[place % 2]
        here = compare(catalog(), a, b, locale, weights)
        assert here.weighed is not None
        outcomes[here.weighed.statement.outcome] += 1
        if place % STEP == 0:
            assert not faults(here)
            there = compare(catalog(), b, a, locale, weights)
            assert unordered(plain(there)) == unordered(mirrored(plain(here)))
    assert set(outcomes) == {"A", "B", "TIE", None}


def test_every_pair_mirrors() -> None:
    for a, b in PAIRS:
        there = plain(compare(catalog(), b, a))
        assert unordered(there) == unordered(mirrored(plain(compare(catalog(), a, b))))


def test_every_transition_follows_its_rule() -> None:
    for a, b in PAIRS:
        for side in Side:
            assert not transition_faults(catalog(), compare(catalog(), a, b).transition(side))


def test_sentences_are_in_the_language_that_was_asked_for() -> None:
    """The seed words every phrase in German, so nothing that is said in German may fall back."""
    for a, b in EVERY[::7]:
        assert {statement.locale for _, statement in all_statements(compare(catalog(), a, b, "de"))} <= {"de"}


def digest() -> str:
    """A digest of every seventh comparison in both locales."""
    plain_comparisons = [plain(compare(catalog(), a, b, locale)) for locale in ("en", "de") for a, b in EVERY[::7]]
    return hashlib.sha256(json.dumps(plain_comparisons, ensure_ascii=False).encode()).hexdigest()


def test_the_same_bytes_under_any_hash_seed() -> None:
    command = [sys.executable, "-c", "from truth.test_seed_pairs import digest; print(digest())"]
    path = os.pathsep.join([str(TESTS), *sys.path])
    runs = [
        subprocess.Popen(
            command,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in ("0", "1", "4242")
    ]
    digests = {run.communicate()[0].strip() for run in runs}
    assert all(run.returncode == 0 for run in runs)
    assert digests == {digest()}
