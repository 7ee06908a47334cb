"""Modules that are imported while a server answers are imported by one thread at a time."""

import ast
from pathlib import Path
from threading import Event, Thread

import pytest

from careergraph import web
from careergraph.web.core import loading

FOLDER = Path(web.__file__).parent


def test_two_threads_load_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Side by side, each would see modules of SQLAlchemy that the other has half done."""
    begun, ended, order = Event(), Event(), list[str]()

    def import_module(name: str) -> None:
        order.append(f"{name} begins")
        begun.set()
        if name == "one":
            ended.wait(10)
        order.append(f"{name} ends")

    monkeypatch.setattr(loading, "import_module", import_module)
    threads = [Thread(target=loading.load, args=(name,)) for name in ("one", "other")]
    threads[0].start()
    assert begun.wait(10)
    threads[1].start()
    ended.set()
    for thread in threads:
        thread.join(10)
    assert order == ["one begins", "one ends", "other begins", "other ends"]


def test_nothing_else_of_the_web_imports_by_itself() -> None:
    """An import that does not take its turn may meet another one."""
    users = {
        str(path.relative_to(FOLDER))
        for path in FOLDER.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "importlib"
    }
    assert users == {"core/loading.py", "stdio.py"}, "stdio.py serves one client of its own"
