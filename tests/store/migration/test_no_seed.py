"""A database without the demonstration: it has the words and the attributes, and stays that way."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine

from careergraph.cli.base.command import commands
from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.database.database import connect
from careergraph.store.migration import migrate, schema
from careergraph.store.migration.schema import Status
from store.migration.test_migrations import HEAD, ROOT, SEEDED, history, live, new_seed

WORDS = {key: document for key, document in SEEDED.items() if key[0] in {"locale", "attribute"}}


def test_the_demonstration_is_left_out(empty_engine: Engine) -> None:
    """Up, down, up: whatever is said of words and attributes later comes, in the one version of a new database."""
    assert migrate.upgrade(empty_engine, seed=False)
    assert live(empty_engine) == WORDS
    assert {entry[4] for entry in history(empty_engine)} == {1}
    catalog = Catalogs(empty_engine).current()
    assert (catalog.version, len(catalog.careers), sorted(catalog.locales)) == (1, 0, ["de", "en"])
    migrate.downgrade(empty_engine, "0001")
    assert live(empty_engine) == {}
    assert migrate.upgrade(empty_engine, seed=False)
    assert live(empty_engine) == WORDS


def test_a_later_upgrade_does_not_bring_it(
    empty_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither from a revision in between, nor by a seed of a later release."""
    assert migrate.upgrade(empty_engine, "0008", seed=False)
    assert migrate.upgrade(empty_engine)
    assert live(empty_engine) == WORDS
    new_seed(tmp_path, monkeypatch)
    assert schema.status(empty_engine) is Status.BEHIND
    assert migrate.upgrade(empty_engine)
    assert live(empty_engine).keys() - WORDS.keys() == {("attribute", "burnout-risk")}
    migrate.downgrade(empty_engine, HEAD)
    assert live(empty_engine) == WORDS


def test_a_seeded_database_keeps_its_demonstration(empty_engine: Engine) -> None:
    migrate.upgrade(empty_engine, "0008")
    migrate.upgrade(empty_engine, seed=False)
    assert live(empty_engine) == SEEDED


@pytest.mark.parametrize(("arguments", "variable"), [(["--no-seed"], None), ([], "no")])
def test_the_command_leaves_it_out(tmp_path: Path, arguments: list[str], variable: str | None) -> None:
    url = f"sqlite:///{tmp_path / 'bare.db'}"
    result = CliRunner().invoke(
        commands, ["upgrade", *arguments, "--database", url], env={"CAREERGRAPH_SEED": variable}
    )
    assert result.output == f"upgraded {tmp_path / 'bare.db'} to this version\n"
    result = CliRunner().invoke(commands, ["upgrade", "--database", url])
    assert result.output == f"nothing to do: {tmp_path / 'bare.db'} is of this version\n"
    result = CliRunner().invoke(commands, ["export", str(tmp_path / "out"), "--database", url])
    assert result.exit_code == 0, result.output
    folders = {path.name: path for path in (tmp_path / "out").iterdir() if path.is_dir() and any(path.iterdir())}
    assert folders.keys() == {"attributes", "locales"}
    assert json.loads((folders["locales"] / "de.json").read_text(encoding="utf-8"))["code"] == "de"


def test_alembic_leaves_it_out(tmp_path: Path) -> None:
    file = tmp_path / "by-hand.db"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "CAREERGRAPH_DATABASE_URL": f"sqlite:///{file}"}
    line = [sys.executable, "-m", "alembic", "-x", "seed=no", "upgrade", "head"]
    done = subprocess.run(line, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    engine = connect(environment["CAREERGRAPH_DATABASE_URL"])
    assert live(engine) == WORDS
    engine.dispose()
