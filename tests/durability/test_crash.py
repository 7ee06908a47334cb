"""Killed at any moment, an editor's process leaves each publish done or not done at all."""

import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine

from careergraph.editorial.editing.document_state import body_at, live_body
from careergraph.editorial.editing.document_state import newest as newest_revision
from careergraph.editorial.verbs.documents.drafts import save_draft
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.store.backup.archive import backup
from careergraph.store.catalogs.past import newest
from careergraph.store.database.database import connect, reading, transaction
from careergraph.store.editing.drafts import state
from depth import depth
from durability.children import Nursery
from durability.publisher import ACTOR, marked
from durability.small import CAREERS
from durability.whole import check_live, check_whole
from editorial.verbs.desk import bases_of
from postgres import Cluster

pytestmark = pytest.mark.long

PUBLISHER, RESTORER = "durability.publisher:main", "durability.publisher:restore_backup"
KILLS = depth(20, 150)
"""How many publishes are cut off by SIGKILL at least, on each of the two databases."""
LONGEST = 0.05
"""How long after the beginning of a publish somebody is killed at most, in seconds; it takes about as long."""
REFUSALS = 40
"""How many publishes of one kind may be refused, as others refer to what they take down."""
MOMENTS = 30
"""Editors who die by their own hand do so at one of these moments of a publish; few publishes have more."""


@dataclass
class Log:
    """The messages of children."""

    messages: list[dict[str, Any]] = field(default_factory=list)
    kills: int = 0

    @property
    def begun(self) -> int:
        """The number of publishes that were begun."""
        return sum("begin" in word for word in self.messages)

    @property
    def acknowledged(self) -> Counter[str]:
        """The number of acknowledged publishes, by kind."""
        return Counter(word["how"] for word in self.messages if "published" in word)

    @property
    def cut(self) -> int:
        """The number of publishes that were begun, and neither refused nor acknowledged before SIGKILL."""
        return self.begun - self.acknowledged.total() - sum("refused" in word for word in self.messages)


@dataclass
class Reaper:
    """Lets editors begin publishes in a database, and kills them."""

    url: str
    children: Nursery
    random: Random
    log: Log = field(default_factory=Log)

    def reap(self) -> None:
        """One editor, killed from outside at some instant, or from inside at some statement."""
        self.log.kills += 1
        if self.random.random() < 0.5:
            self._from_outside()
        else:
            self._from_inside()

    def _from_outside(self) -> None:
        child, begun = self._child(), self.random.randint(1, 2)
        while begun:
            word = child.listen()
            assert word is not None
            self.log.messages.append(word)
            begun -= "begin" in word
        time.sleep(self.random.uniform(0, LONGEST))
        self.log.messages += child.kill()

    def _from_inside(self) -> None:
        child = self._child(steps=1, die_at=self.random.randint(1, MOMENTS))
        self.log.messages += child.last_words()

    def _child(self, **plan: Any) -> Any:
        seed = self.random.randrange(1_000_000_000)
        return self.children.child(PUBLISHER, url=self.url, name=f"e{self.log.kills}", seed=seed, **plan)


def test_nothing_is_lost_nor_half_there_when_editors_are_killed(
    small_url: str, small_engine: Engine, children: Nursery, random: Random
) -> None:
    reaper = Reaper(small_url, children, random)
    log = reaper.log
    children.warm(PUBLISHER, url=small_url, name="warm", seed=0, steps=12)
    while log.cut < KILLS:
        reaper.reap()
        if log.kills % 8 == 0:
            check_live(small_engine)
    check_whole(small_engine, log.messages)
    assert log.acknowledged.keys() >= {"edit"}  # what else is drawn, and not refused, is printed
    print(f"{log.begun} publishes begun, {log.cut} of them cut off; acknowledged: {dict(log.acknowledged)}")


def test_nothing_is_lost_nor_half_there_when_the_database_is_killed(
    cluster_url: str, cluster: Cluster, children: Nursery, random: Random
) -> None:
    """After each crash every acknowledged publish is there, and the editor got an error for any other."""
    engine, messages = connect(cluster_url), list[dict[str, Any]]()
    for kill in range(4):
        child = children.child(PUBLISHER, url=cluster_url, name=f"d{kill}", seed=random.randrange(1_000_000))
        for _ in range(random.randint(3, 9)):
            messages.append(child.listen() or {})
        cluster.stop("immediate")
        messages += child.last_words()
        cluster.start()
        assert any("lost" in word for word in messages[-2:])
        check_whole(engine, messages)
    assert all("cannot be reached" in word["lost"] for word in messages if "lost" in word)
    engine.dispose()


@pytest.mark.parametrize("deed", ["edit", "translate", "release", "rename", "unpublish"])
def test_a_publish_that_dies_before_it_is_committed_leaves_nothing(
    deed: str, small_url: str, small_engine: Engine, children: Nursery, random: Random
) -> None:
    """It dies before a statement that writes, a later one each time, before the commit, or after it, but untold."""
    messages, die_at, refusals = list[dict[str, Any]](), 1, 0
    children.warm(PUBLISHER, url=small_url, name="warm", seed=0, deeds=[deed], steps=2)
    first = newest_version(small_engine)
    chosen = random.randrange(1_000_000_000)
    while True:
        plan = {"name": f"{deed}-{len(messages)}", "seed": chosen, "deeds": [deed], "steps": 1, "die_at": die_at}
        heard = children.child(PUBLISHER, url=small_url, **plan).last_words()
        messages += heard
        if any("published" in word for word in heard):
            break
        if any("refused" in word for word in heard):  # somebody else refers to it; unpublish another one
            chosen = random.randrange(1_000_000_000)
            refusals += 1
            assert refusals < REFUSALS, heard
        else:
            die_at += random.randint(1, 3)
    check_whole(small_engine, messages)
    assert die_at > 8
    assert newest_version(small_engine) - first in (1, 2), "one was told; one may have been committed and not told"
    print(f"{deed}: {die_at - 1} moments")


def test_a_restore_that_dies_leaves_all_as_it_was(
    small_url: str, small_engine: Engine, children: Nursery, random: Random, tmp_path: Path
) -> None:
    """Killed at a later moment each time it restores nothing, until it gets to the end: then it restores everything."""
    file, key = tmp_path / "backup", ("career", CAREERS[0])
    titles = []
    for mark in ("kept", "lost"):
        with transaction(small_engine) as session:
            last = newest_revision(state(session, key))
            save_draft(session, ACTOR, key[0], marked(key, body_at(session, key, last), mark), last)
            publish(session, ACTOR, bases_of(session, key))
            titles.append((live_body(session, key) or {})["title"])
        if mark == "kept":
            backup(small_engine, file)
    die_at, restored = 1, False
    while not restored:
        order = {"url": small_url, "file": str(file), "die_at": die_at}
        restored = any("restored" in word for word in children.child(RESTORER, **order).last_words())
        if not restored:
            check_whole(small_engine, [])
        with reading(small_engine) as session:
            assert (live_body(session, key) or {})["title"] == titles[0 if restored else 1]
        die_at += random.randint(20, 40)
    check_live(small_engine)
    assert die_at > 60


def newest_version(engine: Engine) -> int:
    with reading(engine) as session:
        info = newest(session)
    assert info is not None
    return info.version
