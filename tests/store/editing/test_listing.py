"""The list of documents: in one order, page by page, with what there is now and nothing else."""

from itertools import islice

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from careergraph.editorial.verbs.documents.archive import archive
from careergraph.editorial.verbs.documents.rename import rename
from careergraph.editorial.verbs.documents.save_draft import save_draft
from careergraph.editorial.verbs.documents.submit_for_review import submit_for_review
from careergraph.store.documents.rows import Key
from careergraph.store.editing.listing import STRETCH, list_documents
from editorial.verbs.desk import EDITOR, Desk

BEES: Key = ("category", "bees")


def keys(desk: Desk, **filters: object) -> list[Key]:
    return [it.key for it in desk.look(lambda session: list(list_documents(session, **filters)))]  # type: ignore[arg-type]


def test_pages_put_together_are_the_whole(engine: Engine) -> None:
    desk = Desk(engine)
    every = keys(desk)
    assert len(every) == len(set(every)) > 2 * STRETCH
    listed: list[Key] = []

    def page(session: Session) -> list[Key]:
        return [it.key for it in islice(list_documents(session, after=listed[-1] if listed else None), 37)]

    while more := desk.look(page):
        listed += more
    assert listed == every
    assert keys(desk, types=["career", "pair"]) == [it for it in every if it[0] == "career"]
    assert keys(desk, types=[]) == []


def test_what_is_gone_is_left_out_and_what_is_drafted_is_found(engine: Engine) -> None:
    desk = Desk(engine)
    desk.do(save_draft, EDITOR, "category", {"slug": "bees", "name": {"en": "Bees"}}, None)
    assert keys(desk, draft=True) == [BEES]
    assert BEES in keys(desk, types=["category"])
    assert BEES not in keys(desk, draft=False)
    assert keys(desk, review=True) == []
    desk.do(submit_for_review, EDITOR, BEES)
    assert keys(desk, review=True) == [BEES]
    assert BEES not in keys(desk, review=False)
    desk.do(rename, EDITOR, BEES, "wasps")
    assert keys(desk, draft=True) == [("category", "wasps")]
    assert BEES not in keys(desk)
    desk.do(archive, EDITOR, ("category", "wasps"))
    assert keys(desk, archived=True) == [("category", "wasps")]
    assert ("category", "wasps") not in keys(desk, archived=False)
