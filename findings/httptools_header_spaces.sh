#!/usr/bin/env bash
# uvicorn 0.54.0 with httptools 0.9.0 and h11 0.16.0: white space behind a header is no part of its value (RFC 9110, 5.5), yet an
# application sees it where httptools reads the request. h11 leaves it out, so the same application tells
# `Host: host.example ` from `Host: host.example`, or one key from the same key, by which of the two packages is installed.
# Ends with 0 while this is so, and with 1 when it changes.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check uvicorn==0.54.0 httptools==0.9.0 h11==0.16.0
cat > "$folder/header_spaces.py" <<'PY'
import asyncio

import uvicorn


async def app(scope, receive, send):
    body = dict(scope["headers"])[b"x-key"]
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]})
    await send({"type": "http.response.body", "body": body})


async def seen(http):
    """What an application sees of a header with a space and a tab behind its value."""
    server = uvicorn.Server(uvicorn.Config(app, http=http, port=0, lifespan="off", log_level="critical"))
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    reader, writer = await asyncio.open_connection("127.0.0.1", server.servers[0].sockets[0].getsockname()[1])
    writer.write(b"GET / HTTP/1.1\r\nHost: host.example\r\nX-Key: key \t\r\nConnection: close\r\n\r\n")
    received = await reader.read()
    writer.close()
    server.should_exit = True
    await task
    return received.partition(b"\r\n\r\n")[2]


values = {http: asyncio.run(seen(http)) for http in ("httptools", "h11")}
print(values)
assert values == {"httptools": b"key \t", "h11": b"key"}, "it has changed"
PY
"$folder/venv/bin/python" "$folder/header_spaces.py"
