"""The list of documents: in one order, page by page, with what there is now and nothing else."""

from typing import Any

from sqlalchemy import Engine, text

from careergraph.editorial.verbs.documents.drafts import save_draft, submit_for_review
from careergraph.editorial.verbs.documents.rename import rename
from careergraph.editorial.verbs.documents.unpublish import archive
from careergraph.store.database.database import reading
from careergraph.store.documents.documents import Key
from careergraph.store.editing.listing import Order, list_documents
from careergraph.store.editing.queue_counts import count_absent, count_figures, count_unsourced
from editorial.verbs.desk import EDITOR, Desk
from listed import rows

BEES: Key = ("category", "bees")


def plan_of(engine: Engine, query: Any) -> str:
    """How SQLite would run a query."""
    sql = str(query.compile(engine, compile_kwargs={"literal_binds": True})).replace(":", "\\:")
    with reading(engine) as session:
        return "\n".join([row[3] for row in session.execute(text(f"EXPLAIN QUERY PLAN {sql}"))])


def keys(desk: Desk, **filters: object) -> list[Key]:
    return [it.key for it in desk.look(lambda it: rows(it, list_documents(**filters)))]  # type: ignore[arg-type]


def test_pages_put_together_are_the_whole(engine: Engine) -> None:
    desk = Desk(engine)
    every = keys(desk)
    assert len(every) == len(set(every)) > 200
    listed: list[Key] = []
    with reading(engine) as session:
        while more := list_documents().page(session, 37, after=listed[-1] if listed else None):
            listed += [state.key for state, _ in more]
    assert listed == every
    assert keys(desk, types=["career", "pair"]) == [it for it in every if it[0] == "career"]
    assert keys(desk, types=[]) == []


def test_what_is_gone_is_left_out_and_what_is_drafted_is_found(engine: Engine) -> None:
    desk = Desk(engine)
    desk.do(save_draft, EDITOR, "category", {"slug": "bees", "name": {"en": "Bees"}}, None)
    assert keys(desk, has_draft=True) == [BEES]
    assert BEES in keys(desk, types=["category"])
    assert BEES not in keys(desk, has_draft=False)
    assert keys(desk, in_review=True) == []
    desk.do(submit_for_review, EDITOR, BEES)
    assert keys(desk, in_review=True) == [BEES]
    assert BEES not in keys(desk, in_review=False)
    desk.do(rename, EDITOR, BEES, "wasps")
    assert keys(desk, has_draft=True) == [("category", "wasps")]
    assert BEES not in keys(desk)
    desk.do(archive, EDITOR, ("category", "wasps"))
    assert keys(desk, archived=True) == [("category", "wasps")]
    assert ("category", "wasps") not in keys(desk, archived=False)


def test_a_page_is_read_in_the_order_of_an_index_and_counts_read_no_row(engine: Engine) -> None:
    """So that neither grows with the bodies, and a page not with the catalog. PostgreSQL plans by sizes."""
    if engine.dialect.name != "sqlite":
        return
    for order in (Order.TYPE, Order.CHANGED, Order.CHANGED_BY):
        page = list_documents(types=["career"], archived=False, order=order)
        assert "TEMP B-TREE" not in plan_of(engine, page.query.order_by(*page.key).limit(51)), order
    view = list_documents(types=["career"], archived=False)
    counts = [view.query.with_only_columns(*view.key), count_absent(None), count_unsourced(None)]
    for query in (*counts, count_figures(lambda table: table.observed_on.is_(None), None)):
        steps = [it for it in plan_of(engine, query).splitlines() if it.startswith(("SCAN", "SEARCH"))]
        tables = ("careergraph_document ", "careergraph_value ", "careergraph_draft_figure ")
        assert not [it for it in steps if any(t in it for t in tables) and "COVERING INDEX" not in it], steps
