"""Names the rows that seeded figures are published in, and takes the names out again.

Frozen itself, beside `seeding_0003.py`, whose rule it follows: a figure that is published as an earlier seed wrote it
becomes what the folder says of it, and what an editor changed stands. Here the earlier seeds are several folders, the
last of which has the word.
"""

from datetime import datetime
from pathlib import Path
from runpy import run_path
from typing import Any

import sqlalchemy as sa

REFINING = run_path(str(Path(__file__).with_name("seeding_0003.py")))
AMENDING, SEED, REVISION = REFINING["AMENDING"], REFINING["SEED"], REFINING["REVISION"]
REFINING["MORE"]["published_for_title"] = sa.String()
REFINING["VALUE"].append_column(sa.column("published_for_title", sa.String()))


def name_rows(
    connection: sa.Connection, folder: Path, before: tuple[Path, ...], author: str, started: datetime | None
) -> None:
    """Gives the figures of `before` what `folder` says of them. `started` is when this upgrade began, None where that
    is not known."""
    past = SEED["histories"](connection)
    changed = REFINING["change"](connection, documents(before), documents((folder,)), past)
    if not changed:
        return
    stamp = AMENDING["unread_version"](connection, past, author, started)
    if stamp is None:
        SEED["record"](connection, changed, past, SEED["new_version"](connection, author, author))
    else:
        for key, body in changed.items():
            rewrite = sa.update(REVISION).where(REVISION.c.id == past[key][-1].id).values(body=body)
            connection.execute(rewrite)
    SEED["settle"](connection)


def restore(connection: sa.Connection, folder: Path, before: tuple[Path, ...], author: str) -> None:
    """Takes out what `name_rows` added, but for what was edited since."""
    past = SEED["histories"](connection)
    changed = REFINING["change"](connection, documents((folder,)), documents(before), past)
    if not changed:
        return
    stamp = SEED["new_version"](connection, author, f"{author} taken back")
    for key, body in changed.items():
        previous = AMENDING["author_before"](past[key], author)
        SEED["record"](connection, {key: body}, past, {**stamp, "author": previous})
    SEED["settle"](connection)


def documents(folders: tuple[Path, ...]) -> dict[tuple[str, str], Any]:
    """The documents of some folders; the last one that has a document has the word."""
    bodies: dict[tuple[str, str], Any] = {}
    for folder in folders:
        bodies |= AMENDING["documents"](folder)
    return bodies
