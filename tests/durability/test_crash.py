"""Killed at any moment, an editor's process leaves each publish done or not done at all."""

import time
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine

from careergraph.store.database import reading
from careergraph.store.past import newest
from durability.children import Child, Nursery
from durability.whole import check_live, check_whole

PUBLISHER = "durability.publisher:main"
PUBLISHES = 300
"""How many publishes are begun at least, on each database."""
KILLS = 60
"""How many editors die at least, on each database."""
LONGEST = 0.04
"""How long after the beginning of a publish somebody is killed at most, in seconds; it takes about as long."""


@dataclass
class Log:
    """What children said."""

    said: list[dict[str, Any]] = field(default_factory=list)

    def __len__(self) -> int:
        """The number of publishes that were begun."""
        return sum("begin" in word for word in self.said)

    @property
    def counts(self) -> Counter[str]:
        """How many publishes of which kind were acknowledged."""
        return Counter(word["how"] for word in self.said if "published" in word)


def kill_in_time(child: Child, random: Random) -> list[dict[str, Any]]:
    """Lets a child begin a few publishes, kills it some moment later, and answers all that it said."""
    heard: list[dict[str, Any]] = []
    begun = random.randint(1, 9)
    while begun:
        word = child.listen()
        assert word is not None, heard
        heard.append(word)
        begun -= "begin" in word
    time.sleep(random.uniform(0, LONGEST))
    return heard + child.kill()


def test_nothing_is_lost_nor_half_there_when_editors_are_killed(
    small_url: str, small_engine: Engine, children: Nursery, random: Random
) -> None:
    log, kills = Log(), 0
    while len(log) < PUBLISHES or kills < KILLS:
        child = children.child(PUBLISHER, url=small_url, name=str(kills), seed=random.randrange(1_000_000_000))
        log.said += kill_in_time(child, random)
        kills += 1
        check_live(small_engine)
    check_whole(small_engine, log.said)
    cut = len(log) - sum(log.counts.values()) - sum("refused" in word for word in log.said)
    assert cut > 0
    assert log.counts.keys() == {"edit", "release", "rename", "unpublish"}
    print(f"{kills} kills, {len(log)} publishes begun, {cut} of them cut off; acknowledged: {dict(log.counts)}")


@pytest.mark.parametrize("deed", ["edit", "release", "rename", "unpublish"])
def test_a_publish_that_dies_before_it_is_committed_leaves_nothing(
    deed: str, small_url: str, small_engine: Engine, children: Nursery, random: Random
) -> None:
    """It dies before each statement that writes, before the commit, and at last after the commit, but untold."""
    said, die_at = list[dict[str, Any]](), 1
    chosen = random.randrange(1_000_000_000)
    while True:
        plan = {"name": f"{deed}-{len(said)}", "seed": chosen, "deeds": [deed], "steps": 1, "die_at": die_at}
        heard = children.child(PUBLISHER, url=small_url, **plan).last_words()
        said += heard
        if any("published" in word for word in heard):
            break
        if any("refused" in word for word in heard):  # somebody else refers to it; unpublish another one
            chosen = random.randrange(1_000_000_000)
        else:
            die_at += 1
    check_whole(small_engine, said)
    with reading(small_engine) as session:
        edition = newest(session)
    assert edition is not None
    assert die_at > 8
    assert edition.version == 3, "one was committed and not told, one was told"
