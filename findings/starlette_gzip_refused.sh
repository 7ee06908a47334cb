#!/usr/bin/env bash
# starlette 1.10.0: `GZipMiddleware` looks for the letters `gzip` in Accept-Encoding, and reads no weights and no names.
#   `gzip;q=0` refuses gzip (RFC 9110, 12.4.2 and 12.5.3), and the answer is compressed all the same. So it is for the coding
#   `notgzip`, while a client that takes any coding (`*`), or writes `GZIP`, whose case does not matter, gets a plain answer.
# Ends with 0 while this is so, and with 1 when it changes.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check starlette==1.10.0
cat > "$folder/gzip_refused.py" <<'PY'
import asyncio

from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import PlainTextResponse


async def coding(accepted):
    """The Content-Encoding of an answer to a request with this Accept-Encoding."""
    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        await asyncio.Event().wait()  # the client neither sends more nor goes

    headers = [(b"accept-encoding", accepted.encode())]
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": headers}
    await GZipMiddleware(PlainTextResponse("x" * 5000))(scope, receive, send)
    return dict(sent[0]["headers"]).get(b"content-encoding")


codings = {it: asyncio.run(coding(it)) for it in ("gzip", "gzip;q=0", "identity, gzip;q=0", "notgzip", "*", "GZIP")}
for accepted, used in codings.items():
    print(f"Accept-Encoding: {accepted:<20} Content-Encoding: {used}")
gzip = b"gzip"
assert codings == {
    "gzip": gzip, "gzip;q=0": gzip, "identity, gzip;q=0": gzip, "notgzip": gzip, "*": None, "GZIP": None
}, "it has changed"
PY
"$folder/venv/bin/python" "$folder/gzip_refused.py"
