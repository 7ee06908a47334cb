"""Headers that come in several lines."""

import httpx
import pytest

from careergraph.web.core.request_headers import by_name
from web.client import Client
from web.stub import stub

LINES = {
    "types": [("Accept", "application/json"), ("Accept", "text/event-stream")],
    "codings": [("Accept-Encoding", "gzip"), ("Accept-Encoding", "identity;q=0")],
    "codings, the other way round": [("Accept-Encoding", "identity;q=0"), ("Accept-Encoding", "gzip")],
}


@pytest.mark.parametrize("name", LINES)
@pytest.mark.parametrize("path", ["/graphql?query={versions}", "/healthz", "/schema.graphql", "/graphiql"])
def test_lines_of_a_list_count_together(name: str, path: str) -> None:
    """As if they were one line, with commas."""
    client = Client(stub().asgi())
    (header, _), _ = LINES[name]
    one = client.request("GET", path, headers={header: ", ".join(value for _, value in LINES[name])})
    several = client.request("GET", path, headers=httpx.Headers(LINES[name]))
    assert one.status_code == several.status_code == 200
    assert (one.content, one.headers.get("content-encoding")) == (
        several.content,
        several.headers.get("content-encoding"),
    )


def test_each_validator_of_several_lines_counts() -> None:
    client = Client(stub(pure=True).asgi())
    for path in ("/graphql?query={versions}", "/schema.graphql"):
        etag = client.get(path).headers["etag"]
        for lines in ([etag, '"other"'], ['"other"', etag]):
            headers = httpx.Headers([("If-None-Match", line) for line in lines])
            assert client.request("GET", path, headers=headers).status_code == 304


def test_of_other_headers_the_last_counts() -> None:
    headers = [(b"authorization", b"a"), (b"accept", b"x/y"), (b"authorization", b"b"), (b"accept", b"x/z")]
    assert by_name(headers) == {b"authorization": b"b", b"accept": b"x/y, x/z"}
