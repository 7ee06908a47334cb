"""`python -m benchmarks.http.bare FILE PORT`: uvicorn and nothing else, which reads a request and sends given bytes.

FILE holds the answers by their names, and `/name` is where each is sent from. No server on uvicorn can be faster.
"""

import base64
import json
import sys
from pathlib import Path

import uvicorn
from starlette.types import Receive, Scope, Send

from careergraph.web.server import settings

Headers = list[tuple[bytes, bytes]]


class Bare:
    """Sends what it was given."""

    def __init__(self, answers: dict[str, tuple[Headers, bytes]]) -> None:
        self._answers = answers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
            return
        while (await receive()).get("more_body"):
            pass
        headers, body = self._answers[scope["path"]]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


async def _live(receive: Receive, send: Send) -> None:
    for moment in ("startup", "shutdown"):
        await receive()
        await send({"type": f"lifespan.{moment}.complete"})


def write(file: Path, answers: dict[str, tuple[Headers, bytes]]) -> None:
    """Writes answers by their paths into a file."""
    content = {
        path: {"headers": [[it.decode("latin-1") for it in pair] for pair in headers], "body": _text(body)}
        for path, (headers, body) in answers.items()
    }
    file.write_text(json.dumps(content), encoding="utf-8")


def read(file: Path) -> dict[str, tuple[Headers, bytes]]:
    """Reads them again."""
    content = json.loads(file.read_text(encoding="utf-8"))
    return {
        path: (
            [(name.encode("latin-1"), value.encode("latin-1")) for name, value in answer["headers"]],
            base64.b64decode(answer["body"]),
        )
        for path, answer in content.items()
    }


def _text(body: bytes) -> str:
    return base64.b64encode(body).decode("ascii")


if __name__ == "__main__":
    config = settings(Bare(read(Path(sys.argv[1]))))
    config.port = int(sys.argv[2])
    uvicorn.Server(config).run()
