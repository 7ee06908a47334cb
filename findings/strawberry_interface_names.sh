#!/usr/bin/env bash
# strawberry-graphql 0.341.2: an interface is resolved to the name of a type as it was before the `name_converter`.
#   `resolve_type` of an interface returns `type_definition.name` for an object of a class of its own; the converter that gave the
#   schema its names is not asked. A converter that changes names of types (a prefix) breaks every field of an interface; unions and
#   generic types are right, since they take the name from the schema.
#   Behaviour that would be right: the name of the type in the schema, as for unions.
# Seen: union: ok; interface: "Abstract type 'XPet' was resolved to a type 'Cat' that does not exist inside the schema.". Ends with 0
#   while this is so, and with 1 when it changes.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check strawberry-graphql==0.341.2
cat > "$folder/pets.py" <<'PY'
import logging
import sys
from typing import Annotated

import strawberry
from strawberry.schema.config import StrawberryConfig
from strawberry.schema.name_converter import NameConverter

logging.disable()


class Prefixed(NameConverter):
    def from_object(self, object_type):
        return f"X{super().from_object(object_type)}"


@strawberry.interface
class Pet:
    name: str


@strawberry.type
class Cat(Pet):
    pass


@strawberry.type
class Dog(Pet):
    pass


@strawberry.type
class Query:
    @strawberry.field
    def interface(self) -> Pet:
        return Cat(name="Tom")

    @strawberry.field
    def union(self) -> Annotated[Cat | Dog, strawberry.union("Either")]:
        return Cat(name="Tom")


schema = strawberry.Schema(Query, types=[Cat, Dog], config=StrawberryConfig(name_converter=Prefixed()))
seen = {}
for name in ("union", "interface"):
    result = schema.execute_sync(f"{{ {name} {{ __typename }} }}")
    seen[name] = result.errors[0].message if result.errors else "ok"
print(seen)
sys.exit(0 if seen["union"] == "ok" and "does not exist inside the schema" in seen["interface"] else 1)
PY
"$folder/venv/bin/python" "$folder/pets.py"
