"""Migrate: bring the tables of a database to a revision, all of the way or not at all."""

import time

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from careergraph.store.database.database import WRITES, file_of
from careergraph.store.database.problem import DatabaseProblem, LockedDatabase, explain, name_of
from careergraph.store.documents.index import index_all
from careergraph.store.migration.schema import Status, require, script_location, status

UPGRADE_SECONDS = 600
"""How long an upgrade waits for one that another process runs, which writes each document of a large database."""
_UPGRADABLE = (Status.MISSING, Status.EMPTY, Status.BEHIND)


def upgrade(engine: Engine, revision: str = "head", *, seed: bool = True) -> bool:
    """Make the database current, or bring it to an earlier revision, and seed it if it is new; False where it was
    current already. Without `seed` a new database gets the locales and the attributes alone, and no later upgrade
    brings it the rest.

    Raises DatabaseProblem, also for a database that is newer than the code or half migrated. Several processes may
    upgrade one database at once: one of them does it, the others wait for it (see UPGRADE_SECONDS).
    """
    if status(engine) is Status.CURRENT:
        return False
    require(engine, *_UPGRADABLE, Status.CURRENT)
    _make_file(engine)
    _run_in_turn(engine, revision, seed=seed)
    if status(engine) is Status.CURRENT:
        index_all(engine)
    return True


def downgrade(engine: Engine, revision: str) -> None:
    """Takes the database back to a revision, or to "base": none of our tables. Raises DatabaseProblem."""
    require(engine, Status.CURRENT, Status.BEHIND)
    _run(engine, revision, upwards=False)


def alembic_config(engine: Engine) -> Config:
    """The configuration for running Alembic's own commands on a database."""
    config = Config(attributes={"connection": engine.execution_options(**WRITES)})
    config.set_main_option("script_location", str(script_location()).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _run_in_turn(engine: Engine, revision: str, *, seed: bool) -> None:
    """Upgrades as soon as no other process does."""
    end = time.monotonic() + UPGRADE_SECONDS
    while True:
        try:
            _run(engine, revision, upwards=True, seed=seed)
        except LockedDatabase:
            if time.monotonic() > end:
                raise
        else:
            return


def _run(engine: Engine, revision: str, *, upwards: bool, seed: bool = True) -> None:
    config = alembic_config(engine)
    config.attributes["seed"] = seed
    try:
        (command.upgrade if upwards else command.downgrade)(config, revision)
    except DBAPIError as error:
        raise explain(error, engine) from error
    except CommandError as error:
        raise DatabaseProblem(f"the database {name_of(engine)} cannot be migrated: {error}") from error


def _make_file(engine: Engine) -> None:
    """SQLite takes an empty file for an empty database, and gives its journals the mode of that file. Nobody else on
    the machine may read it: it holds drafts, and who did what."""
    file = file_of(engine)
    try:
        if file is not None:
            file.touch(mode=0o600)
    except OSError as error:
        reason = (error.strerror or "no reason given").lower()
        raise DatabaseProblem(f"the database {name_of(engine)} cannot be made: {reason}") from None
