"""An export to an address of fsspec: a real S3 server, looked at by plain HTTP, and another file system."""

import re
import time
from collections.abc import Container, Iterator
from pathlib import Path

import httpx
import pytest
from moto.server import ThreadedMotoServer

from careergraph.store.files.destination import UNFINISHED, FsspecFolder, destination, sweep
from cli.exporting import contents, finish, outputs, start

SECRETS = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_DEFAULT_REGION": "us-east-1"}

ANYBODY_MAY_READ = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::pages/*"}],
}


@pytest.fixture
def bucket() -> Iterator[str]:
    """The address of an empty bucket of an S3 server, which anybody may read."""
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}/pages"
    httpx.put(address).raise_for_status()
    httpx.put(address, params={"policy": ""}, json=ANYBODY_MAY_READ).raise_for_status()
    yield address
    httpx.post(f"http://{host}:{port}/moto-api/reset").raise_for_status()
    server.stop()


def public(bucket: str, but: Container[str] = ()) -> dict[str, httpx.Response]:
    """All objects of a bucket by name, as anybody sees them the first time; `but` were seen."""
    with httpx.Client() as client:
        names = re.findall("<Key>([^<]+)</Key>", client.get(bucket, params={"list-type": "2"}).text)
        return {name: client.get(f"{bucket}/{name}") for name in names if name not in but}


def secrets(bucket: str) -> dict[str, str]:
    """The settings of a client of the bucket's server."""
    return {**SECRETS, "AWS_ENDPOINT_URL": bucket.rpartition("/")[0]}


def test_nothing_half_written_is_public(bucket: str, sqlite_url: str, tmp_path: Path) -> None:
    """Whatever is there while an export runs is whole. It ends as a folder does, with content types. A second
    process sees the files of the first."""
    document = tmp_path / "short.graphql"
    finish(start(str(tmp_path / "folder"), sqlite_url, document))
    expected = contents(tmp_path / "folder")
    export = start("s3://pages/all", sqlite_url, document, "--shard", "1/2", **secrets(bucket))
    seen: dict[str, httpx.Response] = {}
    while export.poll() is None:
        seen |= public(bucket, but=seen)
        time.sleep(0.1)
    assert seen
    assert all(response.content == expected[name.removeprefix("all/")] for name, response in seen.items())
    share = len(expected) // 2  # the manifest is in no share
    assert f"{share} files written" in finish(export)
    assert f", {share} were there" in finish(start("s3://pages/all", sqlite_url, document, **secrets(bucket)))
    objects = public(bucket)
    assert {name.removeprefix("all/"): it.content for name, it in objects.items()} == expected
    types = {name.rpartition(".")[2]: it.headers["content-type"] for name, it in objects.items()}
    assert types == {"json": "application/json", "jsonl": "application/x-ndjson"}


def test_what_a_store_refuses_is_one_line(bucket: str, sqlite_url: str, tmp_path: Path) -> None:
    for address in ("s3://no-such-bucket/all", "nonsense://pages"):
        export = start(address, sqlite_url, tmp_path / "short.graphql", **secrets(bucket))
        message = outputs(export)[1].splitlines()
        assert export.returncode == 1 and message[-1].startswith("careergraph: "), message
        assert not any("Traceback" in line for line in message)
    assert not public(bucket)


def test_another_file_system_gets_whole_files_by_a_rename(tmp_path: Path) -> None:
    """A failure half-way leaves nothing under the name, and what a killed process left is swept."""
    place = destination(f"file://{tmp_path}/out")
    assert isinstance(place, FsspecFolder)
    assert (place.read("en/1.jsonl"), place.names("en")) == (None, frozenset())
    place.write("en/1.jsonl", [b"one\n", b"two\n"], "application/x-ndjson")
    place.write("en/1.jsonl", [b"three\n"], "application/x-ndjson")
    assert contents(tmp_path / "out") == {"en/1.jsonl": b"three\n"}

    def broken() -> Iterator[bytes]:
        yield b"half a li"
        raise OSError

    with pytest.raises(OSError):
        place.write("en/2.jsonl", broken(), "application/x-ndjson")
    (tmp_path / "out" / "en" / f"1.jsonl.77{UNFINISHED}").write_text("half a li")
    (tmp_path / "out" / "en" / f"9.jsonl.77{UNFINISHED}").write_text("somebody else's")
    sweep(place, ["en/1.jsonl"])
    assert place.names("en") == {"en/1.jsonl", f"en/9.jsonl.77{UNFINISHED}"}
