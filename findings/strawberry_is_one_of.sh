#!/usr/bin/env bash
# strawberry-graphql 0.341.2: `isOneOf` of the introspection is an error for every list and every required type.
#   Strawberry replaces the resolver of `__Type.isOneOf`, on the type that all schemas of the process share, by one that reads
#   `extensions`, which lists and required types do not have. The specification wants null there.
# Seen: `'GraphQLNonNull' object has no attribute 'extensions'`. Ends with 0 while this is so, and with 1 when it changes.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check strawberry-graphql==0.341.2
cat > "$folder/one_of.py" <<'PY'
import logging
import sys

import strawberry

logging.disable(logging.CRITICAL)


@strawberry.type
class Query:
    number: int = 1


result = strawberry.Schema(Query).execute_sync('{ __type(name: "Query") { fields { type { kind isOneOf } } } }')
print(result.data, [error.message for error in result.errors or ()])
sys.exit(0 if result.errors else 1)
PY
"$folder/venv/bin/python" "$folder/one_of.py"
