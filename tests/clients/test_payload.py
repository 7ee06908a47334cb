"""`careergraph pull` from a real Payload: its careers come over, and later what changed there."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from careergraph.store.documents.documents import Key
from clients.npm import install
from editorial.importers.sampling import invoke
from editorial.verbs.desk import Desk
from waiting import CEILING, wait_until

API_KEY = "a-key-of-this-machine"
TIDE_KEEPER: Key = ("career", "tide-keeper")


@contextmanager
def started(folder: Path) -> Iterator[httpx.Client]:
    """The example's server, for whoever has the key."""
    log = folder / "log"
    with log.open("w") as output:
        environment = {**os.environ, "PORT": "0", "PAYLOAD_API_KEY": API_KEY}
        server = subprocess.Popen(["node", "server.mjs"], cwd=folder, stdout=output, stderr=output, env=environment)
    try:
        wait_until(lambda: "/api/careers" in log.read_text() or server.poll(), "Payload starts", every=0.1)
        headers = {"Authorization": f"users API-Key {API_KEY}"}
        with httpx.Client(base_url=log.read_text().split()[-1], headers=headers, timeout=CEILING) as client:
            yield client
    finally:
        server.terminate()
        server.wait(CEILING)


def test_careers_come_over_and_later_what_changed(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In both languages, with their skills and wages, page by page; what is a draft there stays there."""
    monkeypatch.setenv("CAREERGRAPH_WEBHOOK_PRIVATE", "127.0.0.1")
    monkeypatch.setenv("CAREERGRAPH_PULL_TOKEN", API_KEY)
    folder = install("payload", tmp_path)
    database = desk.engine.url.render_as_string(hide_password=False)

    def pull(address: str) -> str:
        mapping = folder / "mapping.json"
        result = invoke("pull", "payload", address, "--mapping", mapping, "--publish", "--database", database)
        assert result.exit_code == 0, result.output
        return " ".join(result.stdout.split())

    with started(folder) as client:
        careers = f"{client.base_url}".rstrip("/")
        assert "career: 2 new" in pull(f"{careers}?limit=1")
        career = desk.live(TIDE_KEEPER)
        assert career["title"] == {"en": "Tide keeper", "de": "Gezeitenwart"}
        assert (career["summary"]["de"], career["category"]) == ("Achtet auf die Gezeiten.", "weather")
        assert career["skills"][0]["concepts"][0]["skill"] == "reading-clouds"
        (salary,) = career["values"]
        assert (salary["low"], salary["high"], salary["source"]) == (40_000, 60_000, "our-payload")
        assert "Nothing changed." in pull(careers)
        change = {"pay": {"low": 41_000, "high": 60_000}, "_status": "published"}
        client.patch(f"{careers}/1", json=change).raise_for_status()
        assert "career: 1 changed" in pull(careers)
        (salary,) = desk.live(TIDE_KEEPER)["values"]
        assert salary["low"] == 41_000
