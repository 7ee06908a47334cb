#!/usr/bin/env bash
# graphql-core 3.3.2: each execution is a circle. The executor keeps `async_helpers`, which are methods of its own, so that it stays in memory, with
# the context value and the root value, until the garbage collector comes by; a context that holds a database connection or much
# data lives on after its response. By graphql-core 3.2.6 it is freed when the response is.
# Ends with 0 while this is so, and with 1 when it changes.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
cat > "$folder/execution_circle.py" <<'PY'
import gc
import weakref

import graphql


class Context:
    """What resolvers need."""


schema = graphql.build_schema("type Query { title: String }")
document = graphql.parse("{ title }")


def run():
    context = Context()
    result = graphql.execute(schema, document, {"title": "Baker"}, context)
    assert result.data == {"title": "Baker"}
    return weakref.ref(context)


run()
gc.collect()
gc.disable()
context = run()
freed = context() is None
gc.collect()
print(f"graphql-core {graphql.__version__}: the context is freed with its response: {freed}; by the collector: {context() is None}")
assert freed is graphql.__version__.startswith("3.2."), "it has changed"
PY
for version in 3.3.2 3.2.6; do
  python3 -m venv "$folder/$version"
  "$folder/$version/bin/pip" install --quiet --disable-pip-version-check "graphql-core==$version"
  "$folder/$version/bin/python" "$folder/execution_circle.py"
done
