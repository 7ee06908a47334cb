"""How SQLite runs queries for some documents of many: it finds them by an index, and scans no table."""

from typing import Any

import pytest

from careergraph.store.catalogs.past import select_documents_at
from careergraph.store.database.database import connect
from careergraph.store.documents.documents import Key
from careergraph.store.documents.redirects import select_old_names
from careergraph.store.editing.drafts import select_last_of_names
from careergraph.store.editing.reviews import select_approvals
from careergraph.store.tables.editing import Revision
from store.editing.test_listing import plan_of

KEYS: list[Key] = [("career", "plumber"), ("career", "actuary"), ("skill", "sql")]


@pytest.mark.parametrize(
    "query",
    [
        select_old_names(KEYS),
        select_approvals([(1, 2), (3, 4)]),
        select_last_of_names(KEYS, Revision.id <= 7),
        select_documents_at(3, KEYS),
        select_documents_at(3, KEYS[:1]),
    ],
    ids=["redirects", "approvals", "names", "documents", "a document"],
)
def test_some_of_many_are_not_scanned(sqlite_url: str, query: Any) -> None:
    steps = plan_of(connect(sqlite_url), query).split("\n")
    assert any("SEARCH careergraph_" in step for step in steps), steps
    assert not [step for step in steps if step.startswith("SCAN careergraph_")], steps
