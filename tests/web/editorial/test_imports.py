"""Imports over HTTP: upload, dry run, report, apply, cancel, and what is refused on the way."""

import os
import struct
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from functools import cache, partial
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine

from careergraph.editorial.access.actor import Role
from careergraph.editorial.worker.worker import Worker
from waiting import wait_until
from web.client import Client
from web.conftest import running
from web.editing import PUBLISH, Newsroom, codes, data, edit, key

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("forked_imports")]

START = """mutation($kind: Importer!, $tables: [String!]!, $wages: String, $dryRun: Boolean! = false,
    $publish: Boolean! = false) {
  startImport(kind: $kind, tables: $tables, wages: $wages, dryRun: $dryRun, publish: $publish) { __typename
    ... on ImportJob { number state percent files } ... on Rejected { problems { code path message } } } }"""
APPLY = """mutation($number: Int!, $publish: Boolean! = false) {
  applyImport(number: $number, publish: $publish) { __typename
    ... on ImportJob { number planOf } ... on Rejected { problems { code } }
    ... on Conflict { key { type slug } yours theirs difference { path } } } }"""
CANCEL = """mutation($number: Int!) { cancelImport(number: $number) { __typename
    ... on ImportJob { state } ... on Rejected { problems { code } } } }"""
JOB = """query($number: Int!) { editor { importJob(number: $number) {
  number state percent createdBy release version problems { code path message file line } counts { kind type count }
  report { vintage used { name rows used } missed { name } leftOut unchanged }
  items(first: 100) { totalCount
    nodes { kind key { type slug } path source present fieldCount fields { path before after } } }
} } }"""
LIST = """query { editor { importJobs { totalCount nodes { number } } } }"""
FIGURES = """career,attribute,value,unit,source,date
data-scientist,demand-score,{},points,editorial-estimate,2026
"""
SCORE = """{ career(slug: "data-scientist") { value(attribute: "demand-score") { ... on Number { value } } } }"""


@pytest.fixture
def newsroom(engine: Engine, tmp_path: Path) -> Iterator[Newsroom]:
    room = Newsroom(engine, imports_folder=str(tmp_path / "imports"), imports_max_megabytes=1)
    yield room
    room.close()


def put(client: Client, name: str, content: bytes | str, **headers: str) -> httpx.Response:
    return client.request("PUT", f"/uploads/{name}", content=content, headers=headers)


def uploaded(client: Client, name: str, content: bytes | str) -> str:
    response = put(client, name, content)
    assert response.status_code == 201, response.text
    ident: str = response.json()["id"]
    return ident


def work(newsroom: Newsroom) -> None:
    Worker(newsroom.engine, imports=newsroom.careergraph.config.imports.parse()).import_due()


def job_of(client: Client, number: int) -> Any:
    return data(client, JOB, number=number)["importJob"]


def started(client: Client, score: str, **flags: bool) -> int:
    tables = [uploaded(client, "figures.csv", FIGURES.format(score))]
    job = data(client, START, kind="FIGURES", tables=tables, **flags)
    assert (job["__typename"], job["state"], job["files"]) == ("ImportJob", "WAITING", ["figures.csv"])
    number: int = job["number"]
    return number


def test_a_dry_run_is_reported_and_applied(newsroom: Newsroom) -> None:
    editor = newsroom.client(Role.EDITOR)
    number = started(editor, "9.9", dryRun=True)
    assert job_of(editor, number)["report"] is None
    work(newsroom)
    job = job_of(editor, number)
    assert (job["state"], job["createdBy"], job["problems"]) == ("DONE", "token:editor", [])
    assert job["counts"] == [{"kind": "CHANGED", "type": "CAREER", "count": 1}]
    assert job["report"]["used"] == [{"name": "figures.csv", "rows": 1, "used": 1}]
    (item,) = job["items"]["nodes"]
    assert (item["kind"], item["key"]) == ("CHANGED", {"type": "CAREER", "slug": "data-scientist"})
    assert "values.demand-score.value" in [field["path"] for field in item["fields"]]
    applied = data(editor, APPLY, number=number, publish=True)
    assert applied["planOf"] == number
    work(newsroom)
    job = job_of(editor, applied["number"])
    assert (job["state"], job["release"], job["version"] > 1) == ("DONE", "figures-figures", True), job
    assert newsroom.public.ask(SCORE)["data"]["career"]["value"] == {"value": 9.9}
    assert data(editor, LIST)["importJobs"] == {
        "totalCount": 2, "nodes": [{"number": applied["number"]}, {"number": number}]
    }  # fmt: skip


def test_an_import_publishes_nothing_that_needs_approvals(engine: Engine, tmp_path: Path) -> None:
    """It is refused at once, also for a dry run that is applied; drafts wait in a release, and need their approvals."""
    newsroom = Newsroom(engine, imports_folder=str(tmp_path / "imports"), approvals="career=1")
    editor = newsroom.client(Role.EDITOR)
    tables = [uploaded(editor, "figures.csv", FIGURES.format("9.9"))]
    before = newsroom.public.ask(SCORE)
    refused = data(editor, START, kind="FIGURES", tables=tables, publish=True)
    assert [(it["code"], it["path"]) for it in refused["problems"]] == [("NOT_APPROVED", "publish")]
    dry_run = started(editor, "9.9", dryRun=True)
    work(newsroom)
    assert data(editor, APPLY, number=dry_run, publish=True)["problems"] == [{"code": "NOT_APPROVED"}]
    drafted = data(editor, APPLY, number=dry_run)["number"]
    work(newsroom)
    job = job_of(editor, drafted)
    assert (job["state"], job["release"], job["version"]) == ("DONE", "figures-figures", None)
    refused = data(editor, PUBLISH, documents=[key("CAREER", "data-scientist")])
    assert [it["code"] for it in refused["problems"]] == ["NOT_APPROVED"]
    assert newsroom.public.ask(SCORE) == before
    assert data(editor, LIST)["importJobs"]["totalCount"] == 2
    newsroom.close()


def test_a_dry_run_conflicts_with_what_was_changed_since(newsroom: Newsroom) -> None:
    editor = newsroom.client(Role.EDITOR)
    number = started(editor, "9.9", dryRun=True)
    work(newsroom)
    edit(editor, "CAREER", "data-scientist", title={"en": "Scientist of Data"})
    conflict = data(editor, APPLY, number=number)
    assert (conflict["__typename"], conflict["key"]["slug"]) == ("Conflict", "data-scientist")
    assert conflict["theirs"]["title"]["en"] == "Scientist of Data" != conflict["yours"]["title"]["en"]
    assert "title.en" in [it["path"] for it in conflict["difference"]]


def test_conflicts_with_editors_are_side_by_side(newsroom: Newsroom) -> None:
    editor = newsroom.client(Role.EDITOR)
    for score in ("9.9", "8.8"):
        if score == "8.8":
            state = editor.ask('{ editor { document(type: CAREER, slug: "data-scientist") { live } } }')
            values = state["data"]["editor"]["document"]["live"]["values"]
            mine = [it | ({"value": 1.1} if it["attribute"] == "demand-score" else {}) for it in values]
            edit(editor, "CAREER", "data-scientist", values=mine)
            data(editor, PUBLISH, documents=[key("CAREER", "data-scientist")])
        number = started(editor, score, publish=True)
        work(newsroom)
    (item,) = [it for it in job_of(editor, number)["items"]["nodes"] if it["kind"] == "CONFLICT"]
    assert item["path"] == "values.demand-score"
    assert (item["source"]["value"], item["present"]["value"]) == (8.8, 1.1)
    assert newsroom.public.ask(SCORE)["data"]["career"]["value"] == {"value": 1.1}


def test_a_failed_import_names_the_file_and_the_line(newsroom: Newsroom) -> None:
    editor = newsroom.client(Role.EDITOR)
    number = started(editor, "much")
    work(newsroom)
    job = job_of(editor, number)
    assert (job["state"], job["percent"]) == ("FAILED", None)
    (problem,) = job["problems"]
    assert (problem["code"], problem["path"], problem["file"], problem["line"]) == (
        "BAD_VALUE", "value", "figures.csv", 2
    )  # fmt: skip
    assert problem["message"] == "is not a number"


def test_a_cancelled_import_is_not_run(newsroom: Newsroom) -> None:
    editor = newsroom.client(Role.EDITOR)
    number = started(editor, "9.9", publish=True)
    assert data(editor, CANCEL, number=number) == {"__typename": "ImportJob", "state": "CANCELLED"}
    work(newsroom)
    assert job_of(editor, number)["state"] == "CANCELLED"
    assert data(editor, CANCEL, number=number)["problems"] == [{"code": "CLOSED"}]
    assert newsroom.public.ask(SCORE)["data"]["career"]["value"] != {"value": 9.9}


def test_a_narrow_scope_sees_only_its_own_imports(newsroom: Newsroom) -> None:
    editor = newsroom.client(Role.EDITOR)
    number = started(editor, "9.9", dryRun=True)
    narrow = newsroom.client(Role.EDITOR, types=["career"])
    # a token's name is its role here: the author is the same, so another role is asked
    other = newsroom.client(Role.ADMIN, types=["career"])
    work(newsroom)
    assert data(other, LIST)["importJobs"] == {"totalCount": 0, "nodes": []}
    assert job_of(other, number) is None and job_of(narrow, number)["number"] == number
    assert [it["code"] for it in data(other, CANCEL, number=number)["problems"]] == ["UNKNOWN"]
    assert [it["code"] for it in data(other, APPLY, number=number)["problems"]] == ["UNKNOWN"]
    own = job_of(newsroom.client(Role.EDITOR, types=["skill"]), number)
    assert (own["counts"], own["items"]["totalCount"]) == ([], 0)


@pytest.mark.parametrize("role", [None, Role.VIEWER, Role.AUTHOR])
def test_who_may_not_import_uploads_and_starts_nothing(newsroom: Newsroom, role: Role | None, tmp_path: Path) -> None:
    client = newsroom.public if role is None else newsroom.client(role)
    response = put(client, "figures.csv", FIGURES)
    code = "UNAUTHENTICATED" if role is None else "FORBIDDEN"
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (403 if role else 401, code)
    assert codes(client, START, kind="FIGURES", tables=["x"]) == [code]
    assert codes(client, LIST) == [code] and codes(client, JOB, number=1) == [code]
    assert not list((tmp_path / "imports").glob("*"))


def packed(**files: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


@cache
def archive_bomb() -> bytes:
    bomb = packed(**dict.fromkeys([f"{number}.csv" for number in range(230)], bytes(4_000_000)))
    return bomb.replace(struct.pack("<L", 4_000_000), struct.pack("<L", 5_000_000))


@pytest.mark.parametrize(
    ("name", "content", "status", "code"),
    [
        ("t.zip", packed(**{"../t.csv": b"a"}), 422, "BAD_UPLOAD"),
        ("t.zip", packed(**{"/etc/t.csv": b"a"}), 422, "BAD_UPLOAD"),
        ("t.zip", packed(**{f"{number}.csv": b"" for number in range(501)}), 422, "BAD_UPLOAD"),
        ("t.zip", b"PK\x03\x04" + b"\xff" * 500, 422, "BAD_UPLOAD"),
        ("t.csv", b"", 422, "BAD_UPLOAD"),
        (".hidden", b"a", 422, "BAD_UPLOAD"),
        ("..%5Cetc", b"a", 422, "BAD_UPLOAD"),
        ("t%00.csv", b"a", 422, "BAD_UPLOAD"),
        ("..%2F..%2Fetc", b"a", 404, "NOT_FOUND"),
        ("t.csv", b"a" * (1024 * 1024 + 1), 413, "BODY_TOO_LARGE"),
    ],
)
def test_a_hostile_upload_is_refused_and_leaves_nothing(  # noqa: PLR0917 - the upload and its refusal
    newsroom: Newsroom, name: str, content: bytes, status: int, code: str, tmp_path: Path
) -> None:
    response = put(newsroom.client(Role.EDITOR), name, content)
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (status, code)
    assert not list((tmp_path / "imports").glob("*"))


def test_an_archive_bomb_is_refused(newsroom: Newsroom, tmp_path: Path) -> None:
    """Less than a megabyte that would become more than a gigabyte."""
    bomb = archive_bomb()
    assert len(bomb) < 1024 * 1024
    response = put(newsroom.client(Role.EDITOR), "t.zip", bomb)
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (422, "BAD_UPLOAD")
    assert "unpacks to more than" in response.json()["errors"][0]["message"]
    assert not list((tmp_path / "imports").glob("*"))


def test_other_methods_and_codings_are_refused(newsroom: Newsroom) -> None:
    editor = newsroom.client(Role.EDITOR)
    for method in ("POST", "GET", "DELETE"):
        assert editor.request(method, "/uploads/t.csv").status_code == 405
    assert put(editor, "t.csv", FIGURES, **{"Content-Encoding": "gzip"}).status_code == 415


def test_an_upload_of_another_is_unknown(newsroom: Newsroom) -> None:
    ident = uploaded(newsroom.client(Role.EDITOR), "figures.csv", FIGURES)
    for tables in ([ident], ["../../etc/passwd"], ["x" * 10_000]):
        rejected = data(newsroom.client(Role.ADMIN), START, kind="FIGURES", tables=tables)
        assert [it["code"] for it in rejected["problems"]] == ["UNKNOWN"]


def test_an_upload_is_streamed_over_a_socket(newsroom: Newsroom, tmp_path: Path) -> None:
    """With and without an announced length, byte for byte, and refused in the middle where it grows too large."""
    content = FIGURES.encode() * 5_000
    headers = {"Authorization": f"Bearer {newsroom.secret(Role.EDITOR)}"}
    with running(newsroom.app) as address:
        for body in (content, (content[start : start + 7_000] for start in range(0, len(content), 7_000))):
            response = httpx.put(f"{address}/uploads/f.csv", content=body, headers=headers)
            assert response.status_code == 201
            assert response.json()["sha256"] == sha256(content).hexdigest() and response.json()["size"] == len(content)
            assert (tmp_path / "imports" / response.json()["id"]).read_bytes() == content
        endless = (b"a" * 65_536 for _ in range(1_000))
        with suppress(httpx.HTTPError):  # the server stops reading
            assert httpx.put(f"{address}/uploads/f.csv", content=endless, headers=headers).status_code == 413
        assert not list((tmp_path / "imports").glob("part-*"))


SERVER = """
import sys
from careergraph.web import server
config = server.Config.of(database_url=sys.argv[1], work=sys.argv[2] == "work", imports_folder=sys.argv[3])
server.serve(config, port=0, say=lambda text: print(text, flush=True))
"""


def state_of(address: str, headers: dict[str, str], number: int) -> str:
    query = {"query": JOB, "variables": {"number": number}}
    answer = httpx.post(f"{address}/graphql", json=query, headers=headers).json()
    job: dict[str, str] = answer["data"]["editor"]["importJob"]
    return job["state"]


def is_over(address: str, headers: dict[str, str], number: int) -> bool:
    return state_of(address, headers, number) not in ("WAITING", "RUNNING")


def test_a_job_survives_a_restart(engine: Engine, tmp_path: Path) -> None:
    """It waits while no server is there; the next one's worker runs it, in a process of its own."""
    url = engine.url.render_as_string(hide_password=False)
    room = Newsroom(engine)
    headers = {"Authorization": f"Bearer {room.secret(Role.EDITOR)}"}
    number = 0
    for mode in ("idle", "work"):
        arguments = [sys.executable, "-c", SERVER, url, mode, str(tmp_path / "imports")]
        process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, env={**os.environ})
        try:
            assert process.stdout is not None
            address = process.stdout.readline().rstrip().removeprefix("careergraph is listening on ")
            if mode == "idle":
                response = httpx.put(f"{address}/uploads/f.csv", content=FIGURES.format("9.9"), headers=headers)
                variables: dict[str, Any] = {"kind": "FIGURES", "tables": [response.json()["id"]], "publish": True}
                body = {"query": START, "variables": variables}
                answer = httpx.post(f"{address}/graphql", json=body, headers=headers).json()
                number = answer["data"]["startImport"]["number"]
            if mode == "work":
                wait_until(partial(is_over, address, headers, number), "the import is over", every=0.1)
            assert state_of(address, headers, number) == ("WAITING" if mode == "idle" else "DONE")
        finally:
            process.kill()
            process.wait()
            assert process.stdout is not None
            process.stdout.close()
    room.close()
