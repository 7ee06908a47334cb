#!/usr/bin/env bash
# strawberry-graphql 0.341.2 (extra `cli`): `strawberry codegen` gives a field with `@include` or `@skip` the type that it has without, so a
# client that reads `title` by its generated type, `string` or `str`, meets a response that has no `title`. The type has to be optional.
# Ends with 0 while this is so, and with 1 when it changes.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'strawberry-graphql[cli]==0.341.2'
cd "$folder"
mkdir types
cat > careers.py <<'PY'
import strawberry


@strawberry.type
class Career:
    slug: str = "baker"
    title: str = "Baker"
    remote: bool = False


@strawberry.type
class Query:
    career: Career = strawberry.field(resolver=lambda: Career())


schema = strawberry.Schema(Query)
PY
echo 'query Page($full: Boolean!) { career { slug title @include(if: $full) } }' > page.graphql
PYTHONPATH=. venv/bin/strawberry codegen --schema careers -p python -p typescript -o types page.graphql >/dev/null
cat types/page.py types/page.ts
PYTHONPATH=. venv/bin/python - <<'PY'
import pathlib
from careers import schema

answer = schema.execute_sync(pathlib.Path("page.graphql").read_text(), variable_values={"full": False}).data
print("\n\nthe response:", answer)
assert answer == {"career": {"slug": "baker"}}
assert "    title: str\n" in pathlib.Path("types/page.py").read_text(), "it has changed"
assert "    title: string\n" in pathlib.Path("types/page.ts").read_text(), "it has changed"
PY
