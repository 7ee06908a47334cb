"""A server in a process of its own: the real app over the real database, on a real socket of this machine."""

import socket
from pathlib import Path
from typing import Any

import uvicorn

from careergraph.store.database import revisions
from careergraph.store.migration import schema
from careergraph.web.app import CareerGraph
from careergraph.web.catalogs import background, catalog_holder
from careergraph.web.core.config import Config
from careergraph.web.server import listening, settings
from durability.nursery import Say
from waiting import CEILING


def main(
    say: Say, *, deaf: bool = False, silence: float | None = None, migrations: str | None = None, **config: Any
) -> None:
    """Serves with settings of `Config` until it is killed. Says its `address` once it listens.

    A `deaf` one hears no news of versions. One with a `silence` believes after so many seconds that a database that
    answers nothing is lost. One with `migrations` is of the version with those of that folder, without a table.
    """
    if migrations is not None:
        schema.METADATA.remove(schema.METADATA.tables["careergraph_imported"])
        vars(revisions)["script_location"] = lambda: Path(migrations)
    if deaf:
        vars(background)["listen"] = lambda *_: None
    catalog_holder.PATIENCE = CEILING  # a busy machine may take long to read what was just published
    if silence is not None:
        catalog_holder.PATIENCE = catalog_holder.SILENCE = silence
    app = CareerGraph(Config.of(**config)).asgi()
    with listening("127.0.0.1", 0) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        Server(settings(app), lambda: say({"address": address})).run(sockets=[listener])


class Server(uvicorn.Server):
    """uvicorn, with a word once it listens."""

    def __init__(self, config: uvicorn.Config, listening: Any) -> None:
        super().__init__(config)
        self._listening = listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts, and says so."""
        await super().startup(sockets)
        self._listening()
