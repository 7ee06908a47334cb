#!/usr/bin/env bash
# strawberry-graphql 0.341.2 (extra `cli`): `strawberry schema-codegen` makes types of a schema in which no field takes an argument any more. Nor
# does a deprecation or `@oneOf` come through, and nothing says so: the schema of what was made is another one than that which was read.
# Ends with 0 while this is so, and with 1 when it changes.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'strawberry-graphql[cli]==0.341.2'
cat > "$folder/schema.graphql" <<'SDL'
type Query {
  career(by: By!, locale: String! = "en"): String
  title: String @deprecated(reason: "Ask for `career`.")
}

input By @oneOf {
  slug: String
  number: Int
}
SDL
cd "$folder"
venv/bin/strawberry schema-codegen schema.graphql > made.py
venv/bin/python - <<'PY'
from made import schema

text = schema.as_str()
print(text)
assert "\n  career: String\n" in text and "locale" not in text, "it has changed: arguments"
assert "@deprecated" not in text and "oneOf" not in text, "it has changed: directives"
PY
