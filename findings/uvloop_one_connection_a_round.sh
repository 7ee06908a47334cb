#!/usr/bin/env bash
# uvloop 0.23.0: a listening socket gives one connection in each round of the event loop, however many wait; asyncio's own loop takes all of
# them. So of a burst of connections the last waits for as many rounds as there are ahead of it, and in each of them whatever else is ready runs:
# a server under load answers the first connections many times before it has taken the last. Duplicates of the socket are taken from one each.
# Ends with 0 while this is so, and with 1 when it changes.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check uvloop==0.23.0
cat > "$folder/one_connection_a_round.py" <<'PY'
import asyncio
import socket

import uvloop

COUNT = 12


async def rounds(duplicates):
    """In how many rounds of the loop so many waiting connections are taken."""
    loop, taken, number = asyncio.get_running_loop(), [], 0

    class Connection(asyncio.Protocol):
        def connection_made(self, transport):
            taken.append(number)

    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        servers = [await loop.create_server(Connection, sock=listener.dup()) for _ in range(1 + duplicates)]
        clients = [socket.create_connection(listener.getsockname()) for _ in range(COUNT)]
        while len(taken) < COUNT:
            number += 1
            await asyncio.sleep(0)
        for client in clients:
            client.close()
        for server in servers:
            server.close()
    return len(set(taken))


seen = {
    "asyncio": asyncio.run(rounds(0)),
    "uvloop": uvloop.run(rounds(0)),
    "uvloop, 11 duplicates": uvloop.run(rounds(11)),
}
print(f"rounds in which {COUNT} connections are taken:", seen)
assert seen["asyncio"] == 1 and seen["uvloop"] == COUNT and seen["uvloop, 11 duplicates"] <= 2, "it has changed"
PY
"$folder/venv/bin/python" "$folder/one_connection_a_round.py"
