"""The route of Next.js in the guide is run, with stand-ins for Next.js, against the answers of a newsroom."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from careergraph.editorial.access.actor import Role
from careergraph.editorial.preview.sites import fill, parse_sites
from careergraph.store.database.database import connect
from web.editing import PREVIEW, TOMORROW, Newsroom, data, edit, key

ROOT = Path(__file__).parents[3]
GUIDE = (ROOT / "docs" / "how-to" / "front-end.md").read_text(encoding="utf-8")
[SITES] = re.findall(r"CAREERGRAPH_PREVIEW_SITES='(.*?)'", GUIDE)
FILES = dict(re.findall(r"```js (\S+)\n(.*?)```", GUIDE, re.DOTALL))
NODE = shutil.which("node")

HEADERS = """export const cookies = async () => ({ set: (...cookie) => { log.cookie = cookie; } });
export const draftMode = async () => ({ enable: () => { log.draft = true; } });
export const log = {};"""
NAVIGATION = "export const redirect = (path) => { throw new Error(`to ${path}`); };"
RUN = """import { log } from "next/headers";
import { GET } from "./app/api/draft/route.js";
const [address, answer] = process.argv.slice(2);
globalThis.fetch = async (_, request) => { log.request = request; return { json: async () => JSON.parse(answer) }; };
try { log.status = (await GET({ url: address })).status; } catch (problem) { log.redirect = problem.message; }
console.log(JSON.stringify(log));"""


@pytest.fixture
def newsroom(sqlite_url: str) -> Iterator[Newsroom]:
    engine = connect(sqlite_url)
    yield Newsroom(engine, preview_sites=SITES)
    engine.dispose()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, content in {
        **FILES,
        "node_modules/next/headers.js": HEADERS,
        "node_modules/next/navigation.js": NAVIGATION,
        "node_modules/next/package.json": """{"type": "module", "exports": {"./*": "./*.js"}}""",
        "package.json": """{"type": "module"}""",
        "run.js": RUN,
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


def visit(site: Path, address: str, answer: Any) -> Any:
    """What the route does at an address, where the API answers so."""
    command = [NODE or "node", "run.js", address, json.dumps(answer)]
    done = subprocess.run(command, cwd=site, check=True, capture_output=True, text=True, timeout=60)
    return json.loads(done.stdout)


def test_the_route_reads_what_the_template_of_the_guide_writes() -> None:
    [template] = parse_sites(SITES).values()
    route = FILES["app/api/draft/route.js"]
    for name in re.findall(r'searchParams.get\("(\w+)"\)', route):
        assert f"{name}=" in template
    assert fill(template, "cg_1", "/a") == "https://site.example/api/draft?secret=cg_1&path=%2Fa"


def test_the_guide_shows_the_files_of_the_example() -> None:
    assert {name: (ROOT / "examples" / "nextjs" / name).read_text(encoding="utf-8") for name in FILES} == FILES


@pytest.mark.skipif(NODE is None, reason="needs node")
def test_the_route_turns_on_draft_mode_for_a_good_preview_alone(newsroom: Newsroom, site: Path) -> None:
    author = newsroom.client(Role.AUTHOR)
    edit(author, "CAREER", "accountant", title={"en": "Bean counter"})
    of = {"documents": [key("CAREER", "accountant")], "expires": TOMORROW.isoformat()}
    created = data(author, PREVIEW, **of)
    query = {"query": "{ catalog { preview { expiresAt } } }"}
    good = newsroom.previewing(created["secret"]).post("/graphql", json=query).json()
    log = visit(site, created["previewUrl"], good)
    assert (log["draft"], log["redirect"]) == (True, "to /careers/accountant")
    assert json.loads(log["request"]["body"])["query"] == query["query"]
    assert log["request"]["headers"]["X-Careergraph-Preview"] == created["secret"]
    assert log["request"]["cache"] == "no-store"
    name, secret, options = log["cookie"]
    assert (name, secret) == ("careergraph-preview", created["secret"])
    assert options["httpOnly"] and options["secure"]
    bad = newsroom.previewing("cg_made_up").post("/graphql", json=query).json()
    refused = visit(site, created["previewUrl"], bad)
    assert (refused["status"], "draft" in refused, "cookie" in refused) == (403, False, False)
    address = created["previewUrl"].partition("&path=")[0]
    for path in ("//evil.example", "/%5Cevil.example", "https://evil.example"):
        assert visit(site, f"{address}&path={path}", good)["status"] == 400
