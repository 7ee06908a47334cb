"""Next.js: the best pairs are made in advance, messages renew what a publish changed, editors see their drafts."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from careergraph.cli.base.command import commands
from careergraph.editorial.access.actor import Role
from careergraph.store.database.database import connect
from clients.npm import install, run
from ports import free_port
from waiting import CEILING, wait_until
from web.conftest import running
from web.editing import PREVIEW, PUBLISH, SECRET_KEY, TOMORROW, Newsroom, data, edit, key

BEST = "{ comparisons(first: 2) { edges { node { canonicalSlug a { slug } } } } }"
HOOKS = {"CAREERGRAPH_SECRET_KEY": SECRET_KEY, "CAREERGRAPH_WEBHOOK_PRIVATE": "127.0.0.1"}


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return install("nextjs", tmp_path_factory.mktemp("clients"))


@contextmanager
def started(folder: Path, port: int) -> Iterator[httpx.Client]:
    """The site as it was built, at a port."""
    command = ["node", "node_modules/next/dist/bin/next", "start", "--hostname", "127.0.0.1", "--port", str(port)]
    with (folder / "log").open("w") as log:
        site = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        wait_until(lambda: "Ready" in (folder / "log").read_text() or site.poll(), "the site starts", every=0.1)
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=CEILING) as client:
            yield client
    finally:
        site.terminate()
        site.wait(CEILING)


def test_pages_are_made_in_advance_renewed_by_messages_and_previewed(
    example: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two pages of the 200, since each costs the build as much as the others."""
    port = free_port()
    template = f"web=http://127.0.0.1:{port}/api/draft?secret={{token}}&path={{path}}"
    newsroom = Newsroom(connect(sqlite_url), preview_sites=template)
    for name, value in HOOKS.items():
        monkeypatch.setenv(name, value)
    hook = f"http://127.0.0.1:{port}/api/revalidate"
    secret = careergraph("webhook", "add", hook, "--event", "catalog.published", "--database", sqlite_url).split()[-1]
    with running(newsroom.app) as address:
        monkeypatch.setenv("CAREERGRAPH_URL", f"{address}/graphql")
        monkeypatch.setenv("CAREERGRAPH_WEBHOOK_SECRET", secret)
        monkeypatch.setenv("NEXT_TELEMETRY_DISABLED", "1")
        run(example, "npm", "run", "build", PAGES="2")
        built = json.loads((example / ".next" / "prerender-manifest.json").read_text(encoding="utf-8"))["routes"]
        best = data(newsroom.public, "{ comparisons(first: 2) { edges { node { canonicalSlug a { slug } } } } }")[
            "edges"
        ]
        pages = [f"/compare/{it['node']['canonicalSlug']}" for it in best]
        assert sorted(it for it in built if it.startswith("/compare/")) == sorted(pages)
        with started(example, port) as site:
            check(site, newsroom, pages[0], best[0]["node"]["a"]["slug"], sqlite_url)
    newsroom.engine.dispose()


def check(site: httpx.Client, newsroom: Newsroom, page: str, career: str, database: str) -> None:
    """A draft is seen by who has the preview's address; a publish by everybody, once its message has come."""
    author, editor = newsroom.client(Role.AUTHOR), newsroom.client(Role.EDITOR)
    assert site.get(page).headers["x-nextjs-cache"] == "HIT"
    assert site.get("/compare/actuary-vs-nobody").status_code == 404
    edit(author, "CAREER", career, title={"en": "Bean counter"})
    of = {"documents": [key("CAREER", career)], "expires": TOMORROW.isoformat(), "path": page}
    entry = site.get(data(author, PREVIEW, **of)["previewUrl"])
    assert (entry.status_code, entry.headers["location"]) == (307, page)
    cookies = "; ".join(it.partition(";")[0] for it in entry.headers.get_list("set-cookie"))
    site.cookies.clear()
    drafted = site.get(page, headers={"Cookie": cookies}).text
    assert "Bean counter" in drafted and "A preview." in drafted
    assert site.get("/api/draft", params={"secret": "cg_made_up", "path": page}).status_code == 403
    data(editor, PUBLISH, documents=[key("CAREER", career)])
    forged = {"webhook-id": "evt_1", "webhook-timestamp": "1", "webhook-signature": "v1,x"}
    assert site.post("/api/revalidate", content=b"{}", headers=forged).status_code == 400
    assert "Bean counter" not in site.get(page).text
    version = data(editor, "{ catalog { version } }")["version"]
    wait_until(lambda: data(newsroom.public, "{ catalog { version } }")["version"] == version)
    assert "1 delivered, 0 not delivered" in careergraph("work", "--once", "--database", database)
    renewed = site.get(page).text
    assert "Bean counter" in renewed and "A preview." not in renewed


def careergraph(*words: str) -> str:
    """The output of a command."""
    result = CliRunner().invoke(commands, words)
    assert result.exit_code == 0, result.output
    return result.output
