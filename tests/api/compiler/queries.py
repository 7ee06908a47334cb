"""Random queries that fit the schema: fragments, aliases, directives, variables, unions, interfaces, and errors."""

from dataclasses import dataclass, field
from itertools import permutations
from random import Random
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
    value_from_ast_untyped,
)
from graphql.language import parse_value

from api import small
from careergraph.engine.content import Catalog


@dataclass
class Query:
    """A query and the values of its variables."""

    text: str
    variables: dict[str, Any]


@dataclass
class Pools:
    """Values that arguments are drawn from, by the names of the arguments: what exists, and what does not."""

    by_name: dict[str, list[Any]]

    @classmethod
    def of(cls, catalog: Catalog) -> "Pools":
        """The values that mean something in a catalog."""
        careers, categories = list(catalog.careers)[:8], list(catalog.categories)
        attributes, locales = [*[*catalog.attributes] * 3, "nonsense"], [*[*catalog.locales] * 4, "xx"]
        skills = list(catalog.skills)[:4]
        instants = [it.isoformat() for it in (small.FIRST, small.SECOND)]
        return cls(
            {
                "a": [*careers * 9, "carpentr"],
                "b": [*careers * 9, "nobody"],
                "career.slug": [*careers * 3, "nobody"],
                "comparisonBySlug.slug": [*[f"{a}-vs-{b}" for a, b in permutations(careers, 2)] * 3, "nobody"],
                "key": ["section.glance", "choose.if", "nothing"],
                "group": ["outcome", "section", None],
                "category.slug": [*categories * 3, "nobody"],
                "skill.slug": [*skills * 3, "nobody"],
                "collection.slug": [*catalog.collections, *catalog.collections, "nobody"],
                "career": careers,
                "careers": [*careers * 9, "nobody"],
                "category": [*categories * 9, "nowhere"],
                "skill": skills,
                "collection": list(catalog.collections),
                "attribute": attributes,
                "locale": [*locales, None],
                "asOf": [*instants * 4, "2020-01-01T00:00:00Z", "2026-01-15T00:00:00", "yesterday"],
                "first": [0, *[1, 2, 3, 5] * 4, 100, 101, -1, None],
                "last": [*[None] * 5, 1, 3],
                "text": ["wood", "carpenter", "nu", "", "soft"],
                "search": ["wood", "tool", None],
                "after": [*[None] * 8, "bm9uc2Vuc2U"],
                "before": [*[None] * 8, "x"],
                "id": ["bm9uc2Vuc2U", "x"],
                "ids": ["bm9uc2Vuc2U", "x"],
                "minScore": [0, 0.1, 0.9],
                "weight": [*range(11), 11],
                "region": [*[*catalog.regions] * 4, None, "nowhere"],
            }
        )


@dataclass
class Maker:
    """Makes one query at a time from random numbers."""

    schema: GraphQLSchema
    random: Random
    pools: Pools
    ids: list[str] = field(default_factory=list)

    def make(self) -> Query:
        """A query. Not every one is valid: two fields of one name may differ in what they ask for."""
        self._variables: dict[str, tuple[str, str]] = {}
        self._values: dict[str, Any] = {}
        self._fragments: list[tuple[str, str, str]] = []
        self._left = self.random.choice((8, 20, 40, 80))
        root = self.schema.query_type
        assert root is not None
        body = self._selection(root, self.random.randint(2, 6))
        head = ", ".join(f"${name}: {type_}{default}" for name, (type_, default) in self._variables.items())
        fragments = "".join(f"\nfragment {name} on {on} {inner}" for name, on, inner in self._fragments)
        return Query(f"query Q{f'({head})' if head else ''} {body}{fragments}", self._values)

    def _chance(self, share: float) -> bool:
        return self.random.random() < share

    def _selection(self, type_: Any, depth: int) -> str:
        parts: list[str] = []
        for _ in range(self.random.randint(1, 5)):
            self._left -= 1
            if self._chance(0.12):
                parts.append(f"... {self._condition(type_)}{self._directives()} {self._narrowed}")
            elif self._chance(0.12):
                parts.append(self._spread(type_, depth))
            elif self._chance(0.06):
                parts.append(f"{self._alias()}__typename{self._directives()}")
            elif (selection := self._field(type_, depth)) is not None:
                parts.append(selection)
            if self._left <= 0:
                break
        if isinstance(type_, GraphQLInterfaceType | GraphQLUnionType) and self._chance(0.7):
            some = self.random.sample(list(self.schema.get_possible_types(type_)), 2)
            parts.extend(f"... on {it.name} {self._selection(it, depth - 1)}" for it in some)
        return "{ " + " ".join(parts or ["__typename"]) + " }"

    def _condition(self, type_: Any) -> str:
        on = self._narrower(type_)
        self._narrowed = self._selection(on, 1)
        return f"on {on.name}" if on is not type_ or self._chance(0.5) else ""

    def _narrower(self, type_: Any) -> Any:
        if isinstance(type_, GraphQLInterfaceType | GraphQLUnionType):
            return self.random.choice([type_, *self.schema.get_possible_types(type_)])
        return self.random.choice([type_, type_, *type_.interfaces])

    def _spread(self, type_: Any, depth: int) -> str:
        names = [name for name, on, _ in self._fragments if on == type_.name]
        if names and self._chance(0.5):
            return f"...{self.random.choice(names)}{self._directives()}"
        on = self._narrower(type_)
        inner = self._selection(on, min(depth, 2))
        name = f"F{len(self._fragments)}"
        self._fragments.append((name, on.name, inner))
        return f"...{name}{self._directives()}"

    def _field(self, type_: Any, depth: int) -> str | None:
        if isinstance(type_, GraphQLUnionType):
            return None
        names = [
            name
            for name, field in type_.fields.items()
            if (depth > 0 and self._left > 0) or is_leaf_type(get_named_type(field.type))
        ]
        if not names:
            return None
        name = self.random.choice(names)
        definition = type_.fields[name]
        inner = get_named_type(definition.type)
        self._of = name
        arguments = self._arguments(definition.args)
        below = "" if is_leaf_type(inner) else " " + self._selection(inner, depth - 1)
        return f"{self._alias(bool(arguments) or bool(below))}{name}{arguments}{self._directives()}{below}"

    def _alias(self, often: bool = False) -> str:
        """Fields with arguments or fields of their own mostly get a name of their own, so that they can stand beside
        each other."""
        if self._chance(0.85 if often else 0.15):
            return f"x{self.random.randint(0, 400)}: "
        return ""

    def _directives(self) -> str:
        return "".join(f" @{name}(if: {self._bool()})" for name in ("skip", "include") if self._chance(0.07))

    def _bool(self) -> str:
        if self._chance(0.6):
            name = self.random.choice(("p", "q"))
            self._variables[name] = ("Boolean!", "")
            self._values.setdefault(name, self._chance(0.5))
            return f"${name}"
        return self.random.choice(("true", "false"))

    def _arguments(self, args: dict[str, Any]) -> str:
        arguments = []
        for name, argument in args.items():
            if not isinstance(argument.type, GraphQLNonNull) and not self._chance(0.25):
                continue
            literal = self._literal(argument.type, name)
            arguments.append(f"{name}: {self._variable(argument.type, literal) if self._chance(0.4) else literal}")
        return f"({', '.join(arguments)})" if arguments else ""

    def _variable(self, type_: Any, literal: str) -> str:
        name = f"v{len(self._variables)}"
        written = str(type_)
        default = ""
        value: Any = value_from_ast_untyped(parse_value(literal))
        if self._chance(0.2) and value is not None:
            default = f" = {literal}"
        elif written.endswith("!") is False and value is not None and self._chance(0.2):
            written += "!"
        self._variables[name] = (written, default)
        if (not default or self._chance(0.3)) and (not self._chance(0.1) or written.endswith("!")):
            self._values[name] = value
        if self._chance(0.01):
            self._values[name] = {"no": "such thing"}
        return f"${name}"

    def _literal(self, type_: Any, name: str) -> str:
        if isinstance(type_, GraphQLNonNull):
            return self._present(type_.of_type, name)
        return "null" if self._chance(0.1) else self._present(type_, name)

    def _present(self, type_: Any, name: str) -> str:
        if isinstance(type_, GraphQLList):
            return "[" + ", ".join(self._literal(type_.of_type, name) for _ in range(self.random.randint(0, 4))) + "]"
        if isinstance(type_, GraphQLEnumType):
            return str(self.random.choice(list(type_.values)))
        if isinstance(type_, GraphQLInputObjectType):
            return self._input(type_)
        value = self.random.choice(self._pool(type_, name))
        if value is None:  # the pool says that it is mostly left away
            return "null"
        return f'"{value}"' if isinstance(value, str) else str(value).lower()

    def _pool(self, type_: Any, name: str) -> list[Any]:
        if name in ("id", "ids") and self.ids:
            return [*self.ids, *self.ids, "x"]
        plain: dict[str, list[Any]] = {
            "Int": [1, 2, 5],
            "Float": [0.5, 30000, 3],
            "Boolean": [True, False],
            "DateTime": ["2026-01-15T00:00:00Z"],
        }
        pool = self.pools.by_name.get(f"{self._of}.{name}") or self.pools.by_name.get(name)
        python_type = {"Int": int, "Float": (int, float), "Boolean": bool}.get(type_.name, str)
        fitting = [it for it in pool or () if isinstance(it, python_type) or it is None]  # type: ignore[arg-type]
        return fitting if any(it is not None for it in fitting) else plain.get(type_.name, ["wood", "north"])

    def _input(self, type_: GraphQLInputObjectType) -> str:
        fields = list(type_.fields.items())
        if type_.is_one_of:
            name, field = self.random.choice(fields)
            return f"{{{name}: {self._present(field.type, name)}}}"
        literals = [
            f"{name}: {self._literal(field.type, name)}"
            for name, field in fields
            if isinstance(field.type, GraphQLNonNull) or self._chance(0.4)
        ]
        return "{" + ", ".join(literals) + "}"
