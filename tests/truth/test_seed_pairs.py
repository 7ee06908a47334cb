"""Pairs of the seeded catalog, in both directions: true, mirrored, and the same under any hash seed."""

import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
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


@dataclass
class Faults:
    """What is wrong with the pairs in a language, each kind by itself."""

    false: list[str] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    bare_flags: list[str] = field(default_factory=list)
    transitions: list[str] = field(default_factory=list)
    languages: set[str] = field(default_factory=set)

    def judge(self, a: str, b: str, locale: str) -> None:
        """Judge a pair."""
        comparison, pair = compare(catalog(), a, b, locale), f"{a} {b}"
        self.false += [f"{pair}: {it}" for it in faults(comparison)]
        self.bare += [pair] if ":" not in comparison.description else []
        self.repeated += repeated(comparison)
        statements = [statement for _, statement in all_statements(comparison)]
        self.bare_flags += [it.text for it in statements if BARE_FLAG.search(it.text)]
        self.languages |= {it.locale for it in statements}
        for side in Side:
            self.transitions += [f"{pair}: {it}" for it in transition_faults(catalog(), comparison.transition(side))]


@pytest.fixture(scope="module", params=["en", "de"])
def judged(request: pytest.FixtureRequest) -> tuple[str, Faults]:
    """A locale, and the faults of the pairs in it. Each is compared once: that takes as long as to judge it."""
    wrong = Faults()
    for a, b in PAIRS:
        wrong.judge(a, b, request.param)
    return request.param, wrong


def test_no_false_statement_and_no_missed_fact(judged: tuple[str, Faults]) -> None:
    assert not judged[1].false


def test_every_description_says_something_beside_the_titles(judged: tuple[str, Faults]) -> None:
    assert not judged[1].bare


def test_no_page_says_a_sentence_twice(judged: tuple[str, Faults]) -> None:
    assert not judged[1].repeated


def test_every_flag_has_sentences_of_its_own(judged: tuple[str, Faults]) -> None:
    assert not judged[1].bare_flags


def test_every_transition_follows_its_rule(judged: tuple[str, Faults]) -> None:
    assert not judged[1].transitions


def test_sentences_are_in_the_language_that_was_asked_for(judged: tuple[str, Faults]) -> None:
    """The seed words every phrase in both, so nothing may fall back."""
    locale, wrong = judged
    assert wrong.languages <= {locale}


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


def digest() -> str:
    """A digest of many comparisons in both locales."""
    pairs = EVERY[:: depth(28, 7)]
    plain_comparisons = [plain(compare(catalog(), a, b, locale)) for locale in ("en", "de") for a, b in pairs]
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
