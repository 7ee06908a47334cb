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
REFINING["MORE"]["published_for_title"] = sa.String()
REFINING["VALUE"].append_column(sa.column("published_for_title", sa.String()))


def name_rows(
    connection: sa.Connection, folder: Path, before: tuple[Path, ...], author: str, started: datetime | None
) -> None:
    """Gives the figures of `before` what `folder` says of them. `started` is when this upgrade began, None where that
    is not known."""
    REFINING["say_more"](connection, documents(before), documents((folder,)), author, started)


def restore(connection: sa.Connection, folder: Path, before: tuple[Path, ...], author: str) -> None:
    """Takes out what `name_rows` added, but for what was edited since."""
    REFINING["take_back"](connection, documents(before), documents((folder,)), author)


def documents(folders: tuple[Path, ...]) -> dict[tuple[str, str], Any]:
    """The documents of some folders; the last one that has a document has the word."""
    bodies: dict[tuple[str, str], Any] = {}
    for folder in folders:
        bodies |= REFINING["AMENDING"]["documents"](folder)
    return bodies
