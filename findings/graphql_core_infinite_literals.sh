#!/usr/bin/env bash
# graphql-core 3.3.2: a `Float` must be finite (GraphQL specification, 3.5.2). A variable that is infinite, or too large for a float, is
# refused, as is an infinite result. A literal that is too large passes: `1e999` in a document reaches the resolver as `inf`, so a range or a weight
# that was refused in one way is taken in the other.
# Ends with 0 while this is so, and with 1 when it changes.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check graphql-core==3.3.2
cat > "$folder/infinite_literals.py" <<'PY'
from math import inf

from graphql import build_schema, graphql_sync

schema = build_schema("type Query { most(of: Float!): String, result: Float }")
root = {"most": lambda _info, of: repr(of), "result": inf}

seen = {
    "literal 1e999": graphql_sync(schema, "{ most(of: 1e999) }", root),
    "variable": graphql_sync(schema, "query ($of: Float!) { most(of: $of) }", root, variable_values={"of": inf}),
    "variable 10**400": graphql_sync(schema, "query ($of: Float!) { most(of: $of) }", root, variable_values={"of": 10**400}),
    "result": graphql_sync(schema, "{ result }", root),
}
for name, result in seen.items():
    print(name, result.data, [error.message[:80] for error in result.errors or ()])
assert seen["literal 1e999"] == ({"most": "inf"}, None), "it has changed"
assert all(seen[name].errors for name in ("variable", "variable 10**400", "result")), "it has changed"
PY
"$folder/venv/bin/python" "$folder/infinite_literals.py"
