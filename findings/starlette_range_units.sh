#!/usr/bin/env bash
# starlette 1.10.0: a range in a unit that a server does not know has to be ignored (RFC 9110, 14.2), so that the whole file is
# sent with 200. `FileResponse`, and `StaticFiles` with it, refuses the request with 400; an invalid range of bytes, which may be
# ignored, too.
# Ends with 0 while this is so, and with 1 when it changes.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check starlette==1.10.0
mkdir "$folder/files"
printf 'eleven byte' > "$folder/files/text.txt"
cat > "$folder/range_units.py" <<'PY'
import asyncio
import sys

from starlette.staticfiles import StaticFiles


async def answer(ranges):
    """The status and the body of an answer to a request with this Range."""
    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        await asyncio.Event().wait()  # the client neither sends more nor goes

    headers = [(b"range", ranges)]
    scope = {"type": "http", "method": "GET", "path": "/text.txt", "query_string": b"", "headers": headers}
    await StaticFiles(directory=sys.argv[1])(scope, receive, send)
    return sent[0]["status"], b"".join(it.get("body", b"") for it in sent[1:])


answers = {it: asyncio.run(answer(it)) for it in (b"bytes=0-3", b"lines=1-2", b"bytes=3-0")}
for ranges, seen in answers.items():
    print(ranges.decode(), seen)
assert [status for status, _ in answers.values()] == [206, 400, 400], "it has changed"
PY
"$folder/venv/bin/python" "$folder/range_units.py" "$folder/files"
