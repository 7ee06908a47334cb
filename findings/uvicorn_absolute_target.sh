#!/usr/bin/env bash
# uvicorn 0.54.0 with httptools 0.9.0 and h11 0.16.0: a request for an absolute address, which RFC 9112 (3.2.2) has every server
# take, is three things.
#   `GET http://other.example/a` with `Host: host.example`:
#     httptools: path `/a`, and the host of the address is lost: an application's check of hosts sees host.example, which the
#                standard says must be ignored
#     h11:       path `http://other.example/a`
#   `GET http://other.example` (no path, which means `/`):
#     httptools: 400 Bad Request, before the application is asked
#     h11:       path `http://other.example`
# Ends with 0 while this is so, and with 1 when it changes.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check uvicorn==0.54.0 httptools==0.9.0 h11==0.16.0
cat > "$folder/app.py" <<'PY'
import asyncio
import uvicorn


async def app(scope, receive, send):
    body = f"{scope['path']} {dict(scope['headers'])[b'host'].decode()}".encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]})
    await send({"type": "http.response.body", "body": body})


async def answer(port, target):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {target} HTTP/1.1\r\nHost: host.example\r\nConnection: close\r\n\r\n".encode())
    received = await reader.read()
    writer.close()
    head, _, body = received.partition(b"\r\n\r\n")
    return f"{head.split()[1].decode()} {body.decode()}"


async def seen(http):
    server = uvicorn.Server(uvicorn.Config(app, http=http, port=0, lifespan="off", log_level="critical"))
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    answers = [await answer(port, it) for it in ("http://other.example/a", "http://other.example")]
    server.should_exit = True
    await task
    return answers


seen_by = {http: asyncio.run(seen(http)) for http in ("httptools", "h11")}
for http, answers in seen_by.items():
    print(http, answers)
assert seen_by == {
    "httptools": ["200 /a host.example", "400 Invalid HTTP request received."],
    "h11": ["200 http://other.example/a host.example", "200 http://other.example host.example"],
}, "it has changed"
PY
"$folder/venv/bin/python" "$folder/app.py"
