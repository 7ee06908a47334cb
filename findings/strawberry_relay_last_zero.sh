#!/usr/bin/env bash
# strawberry-graphql 0.341.2: `last: 0` of a `relay.ListConnection` is taken for no `last` at all, so the whole list comes, up to the
# maximum of a page, where `first: 0` gives none. The Relay specification keeps the last 0 edges.
# Ends with 0 while this is so, and with 1 when it changes.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check strawberry-graphql==0.341.2
cat > "$folder/last_zero.py" <<'PY'
import strawberry
from strawberry import relay


@strawberry.type
class Career(relay.Node):
    number: relay.NodeID[int]


@strawberry.type
class Query:
    @relay.connection(relay.ListConnection[Career])
    def careers(self) -> list[Career]:
        return [Career(number=it) for it in range(5)]


schema = strawberry.Schema(Query)


def edges(arguments):
    result = schema.execute_sync(f"{{ careers({arguments}) {{ edges {{ cursor }} }} }}")
    assert not result.errors, result.errors
    return len(result.data["careers"]["edges"])


counts = {it: edges(it) for it in ("first: 1", "first: 0", "last: 1", "last: 0")}
print(counts)
assert counts == {"first: 1": 1, "first: 0": 0, "last: 1": 1, "last: 0": 5}, "it has changed"
PY
"$folder/venv/bin/python" "$folder/last_zero.py"
