#!/usr/bin/env bash
# graphql-core 3.3.2 (and graphql 16.15.0 of npm alike): an input object that becomes `@oneOf` refuses every query that sent two of its fields,
# or none, yet `find_breaking_changes` and `find_dangerous_changes` name nothing. Nor is the way back a change.
# Ends with 0 while this is so, and with 1 when it changes.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check graphql-core==3.3.2
cat > "$folder/one_of_breaks.py" <<'PY'
from graphql import build_schema, find_breaking_changes, find_dangerous_changes, graphql_sync

TEXT = "type Query { careers(by: By): String } input By DIRECTIVE { slug: String title: String }"
before, after = (build_schema(TEXT.replace("DIRECTIVE", it)) for it in ("", "@oneOf"))
query = '{ careers(by: {slug: "a", title: "b"}) }'
errors = [graphql_sync(it, query).errors for it in (before, after)]
changes = [find(*pair) for find in (find_breaking_changes, find_dangerous_changes) for pair in ((before, after), (after, before))]
print("before:", errors[0], "after:", errors[1])
print("changes:", changes)
assert errors[0] is None and errors[1], "it has changed: the query"
assert changes == [[], [], [], []], "it has changed"
PY
"$folder/venv/bin/python" "$folder/one_of_breaks.py"
cd "$folder"
npm install --silent --no-audit --no-fund graphql@16.15.0
cat > one_of_breaks.mjs <<'JS'
import { buildSchema, findBreakingChanges, findDangerousChanges } from 'graphql'

const text = 'type Query { careers(by: By): String } input By DIRECTIVE { slug: String title: String }'
const [before, after] = ['', '@oneOf'].map((it) => buildSchema(text.replace('DIRECTIVE', it)))
const changes = [...findBreakingChanges(before, after), ...findDangerousChanges(before, after)]
console.log('npm:', changes)
if (changes.length > 0) throw new Error('it has changed')
JS
node one_of_breaks.mjs
