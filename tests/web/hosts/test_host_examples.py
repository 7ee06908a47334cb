"""The examples of hosts: each starts, its users sign in, publish and read, and its migrations leave our tables."""

import shutil
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, inspect

from waiting import CEILING
from web.conftest import running
from web.editing import PUBLISH, SAVE

EXAMPLES = Path(__file__).parents[3] / "examples"
PASSWORD = "correct horse"
COLLECTION = {"slug": "of-the-host", "title": {"en": "Of the host"}, "careers": ["actuary", "accountant"]}


class SqlAlchemy:
    """A host with tables of its own, under Alembic. `check` raises if it would write a migration now."""

    def __init__(self, name: str) -> None:
        self.app = import_module(f"{name}.app").app
        self._models = import_module(f"{name}.models")
        self._alembic = Config(EXAMPLES / name / "alembic.ini")

    def migrate(self) -> None:
        command.upgrade(self._alembic, "head")

    def add(self, name: str, *, edits: bool) -> None:
        self._models.add_user(name, PASSWORD, edits=edits)

    def sign_in(self, client: httpx.Client, name: str) -> dict[str, str]:
        assert client.post("/sign-in", json={"name": name, "password": "wrong"}).status_code == 401
        token = client.post("/sign-in", json={"name": name, "password": PASSWORD}).json()["token"]
        return {"Authorization": f"Bearer {token}"}

    def check(self) -> None:
        command.check(self._alembic)


class Django:
    """A Django project."""

    def __init__(self, name: str) -> None:
        self.app = import_module(f"{name}.asgi").application
        self._call = import_module("django.core.management").call_command

    def migrate(self) -> None:
        self._call("migrate", verbosity=0)

    def add(self, name: str, *, edits: bool) -> None:
        users = import_module("django.contrib.auth.models").User.objects
        users.create_user(name, password=PASSWORD, is_staff=edits, first_name=name)

    def sign_in(self, client: httpx.Client, name: str) -> dict[str, str]:
        form = client.get("/admin/login/")
        data = {"username": name, "password": PASSWORD, "csrfmiddlewaretoken": form.cookies["csrftoken"]}
        client.post("/admin/login/", data=data)
        session = client.cookies.get("sessionid")
        client.cookies.clear()
        return {"Cookie": f"sessionid={session}"}

    def check(self) -> None:
        self._call("makemigrations", check_changes=True, dry_run=True, verbosity=0)


KINDS: dict[str, type[Django | SqlAlchemy]] = {
    "host_django": Django,
    "host_fastapi": SqlAlchemy,
    "host_starlette": SqlAlchemy,
}


@pytest.fixture(params=sorted(KINDS))
def name(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, database: Path) -> Iterator[str]:
    """The name of an example, which finds the database by its environment."""
    name: str = request.param
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{database}")
    monkeypatch.setenv("DATABASE_FILE", str(database))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "host_django.settings")
    monkeypatch.syspath_prepend(EXAMPLES)
    yield name
    for module in [it for it in sys.modules if it.partition(".")[0] == name]:
        del sys.modules[module]


@pytest.fixture
def database(seeded_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(seeded_file, tmp_path / "host.db"))


def ask(client: httpx.Client, query: str, headers: dict[str, str], **variables: object) -> Any:
    return client.post("/careers/graphql", json={"query": query, "variables": variables}, headers=headers).json()


def test_the_hosts_users_publish_and_its_migrations_leave_our_tables(name: str, database: Path) -> None:
    host = KINDS[name](name)
    host.migrate()
    host.add("ann", edits=True)
    host.add("bob", edits=False)
    with running(host.app) as address, httpx.Client(base_url=address, timeout=CEILING) as client:
        ann, bob = host.sign_in(client, "ann"), host.sign_in(client, "bob")
        entry = client.get("/careers")
        assert entry.is_redirect and client.get(entry.headers["location"], follow_redirects=True).status_code == 200
        draft: dict[str, Any] = {"type": "COLLECTION", "document": COLLECTION}
        for nobody in (bob, {}):
            refused = ask(client, SAVE, nobody, **draft)
            assert refused["errors"][0]["extensions"]["code"] in ("FORBIDDEN", "UNAUTHENTICATED")
        saved = ask(client, SAVE, ann, **draft)["data"]["saveDraft"]
        documents = [{"type": "COLLECTION", "slug": COLLECTION["slug"], "base": saved["revision"]}]
        published = ask(client, PUBLISH, ann, documents=documents)
        assert [it["slug"] for it in published["data"]["publish"]["changed"]] == [COLLECTION["slug"]]
        careers = [{"slug": slug} for slug in COLLECTION["careers"]]
        for reader in (ann, {}):  # the editor's next answer shows what was published; from then on so do all
            answer = ask(client, '{ collection(slug: "of-the-host") { title careers { slug } } }', reader)
            assert answer["data"]["collection"] == {"title": "Of the host", "careers": careers}, answer
        assert ask(client, "{ viewer { name } }", ann)["data"]["viewer"] == {"name": "ann"}
        author = ask(client, "{ editor { people { nodes { name displayName } } } }", ann)
        assert author["data"]["editor"]["people"]["nodes"] == [{"name": "user-1", "displayName": "ann"}]
    ours = {it for it in _tables(database) if it.startswith("careergraph_")}
    host.check()
    assert len(ours) > 20 and {it for it in _tables(database) if it.startswith("careergraph_")} == ours


def _tables(database: Path) -> list[str]:
    engine = create_engine(f"sqlite:///{database}")
    try:
        return inspect(engine).get_table_names()
    finally:
        engine.dispose()


@pytest.mark.parametrize("example", sorted(KINDS))
def test_a_host_adds_careergraph_in_under_fifteen_lines(example: str) -> None:
    """The lines of code: its own module, and those elsewhere that name it."""
    folder = EXAMPLES / example
    texts = {path: path.read_text(encoding="utf-8").splitlines() for path in folder.rglob("*.py")}
    module = texts.pop(folder / "careers.py")
    code = [line for line in module if line and not line.startswith('"""')]
    elsewhere = [line for lines in texts.values() for line in lines if "careers" in line and '"""' not in line]
    migrations = [line for lines in texts.values() for line in lines if "include_name" in line and '"""' not in line]
    assert 5 < len(code) + len([it for it in elsewhere if "Response" not in it]) + len(migrations) < 15
