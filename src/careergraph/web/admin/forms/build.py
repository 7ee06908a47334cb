"""Build the nodes that templates draw: a field with its value, its name in the form, and its problems."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from typing import Any

from careergraph.editorial.content.problem import parse
from careergraph.engine.content import Catalog
from careergraph.engine.content.attribute import Attribute
from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.engine.content.value_kinds import KINDS
from careergraph.web.admin.forms.definition import VALUES, Field, Kind, as_text, fields_of

VALUE_FIELDS = (
    "source",
    "observedOn",
    "method",
    "publishedFor",
    "publishedForTitle",
    "region",
    "sampleSize",
    "suppressed",
)
"""Where a figure comes from, and what it is of: who takes it from elsewhere changes all of that with it."""
Steps = tuple[str, ...]
"""The way to a field of a document, with positions as texts."""
SLASH = "/"
"""The separator of the parts of a field's name in a form."""


@dataclass(frozen=True, slots=True)
class Node:
    """A field to draw. `texts` holds what is written by locale; `nodes` are the fields inside, or the items of a list,
    each with its `key` in a map; `was` is the position that an item has in the document it started from; `about` is all
    of a part, also what no form shows."""

    name: str
    field: Field
    value: str = ""
    texts: Mapping[str, str] = dataclass_field(default_factory=dict)
    nodes: tuple["Node", ...] = ()
    was: str = ""
    key: str = ""
    attribute: Attribute | None = None
    about: Mapping[str, Any] = dataclass_field(default_factory=dict)
    problems: tuple[str, ...] = ()

    @property
    def adding(self) -> str:
        """The field in which an item is added, with its kind: `part@skills`, below the fields around it."""
        of = self.field.item
        kind = "map" if self.field.kind is Kind.MAP else "part" if of is not None and of.kind is Kind.PART else "text"
        *way, last = self.name.split(SLASH)
        return SLASH.join([*way, f"{kind}@{last}"])

    @property
    def ident(self) -> str:
        """The id of the element."""
        return ident_of(self.name)


class Builder:
    """Builds the nodes of one document. `problems` are messages by path; `languages` are those of texts with one."""

    def __init__(self, catalog: Catalog, problems: Sequence[Mapping[str, Any]] = ()) -> None:
        self._attributes, self._locales = catalog.attributes, catalog.locales
        self._problems = [(steps_of(problem["path"]), str(problem["message"])) for problem in problems]
        self._placed: dict[Steps, str] = {}
        self.languages: list[str] = []

    def document(self, type_name: str, document: Mapping[str, Any]) -> list[Node]:
        """The nodes of all fields of a document."""
        return [self._node(each, each.name, (each.name,), document.get(each.name)) for each in fields_of(type_name)]

    def field_of(self, path: str) -> str:
        """The id of the field that shows the problem of a path; empty where none does."""
        return self._placed.get(steps_of(path), "")

    def _node(  # noqa: PLR0911 - one for each kind
        self, of: Field, name: str, steps: Steps, value: Any
    ) -> Node:
        node = Node(name, of, problems=self._problems_at(steps, ident_of(name)))
        match of.kind:
            case Kind.TEXT:
                return replace(node, texts=value or {}, problems=self._problems_below(steps, name))
            case Kind.TEXTS:
                lines = {locale: "\n".join(some) for locale, some in (value or {}).items()}
                return replace(node, texts=lines, problems=self._problems_below(steps, name))
            case Kind.LINES:
                return replace(
                    node, value="\n".join(value or ()), problems=self._problems_below(steps, name, localized=False)
                )
            case Kind.PART:
                inside = [self._inside(each, name, steps, value or {}) for each in of.fields]
                return replace(node, nodes=tuple(inside), value="1" if value else "", about=value or {})
            case Kind.LIST:
                return replace(node, nodes=tuple(self._items(of, name, steps, value or [])))
            case Kind.MAP:
                return replace(node, nodes=tuple(self._entries(of, name, steps, value or {})))
            case Kind.VALUES:
                return replace(node, nodes=tuple(self._values(name, steps, value or [])))
        return replace(node, value=as_text(value))

    def _inside(self, of: Field, name: str, steps: Steps, value: Mapping[str, Any]) -> Node:
        return self._node(of, f"{name}{SLASH}{of.name}", (*steps, of.name), value.get(of.name))

    def _items(self, of: Field, name: str, steps: Steps, value: Sequence[Any]) -> Iterator[Node]:
        assert of.item is not None  # noqa: S101 - a list has items
        for place, each in enumerate(value):
            was = each.get("@was", str(place)) if isinstance(each, Mapping) else ""
            yield replace(self._node(of.item, f"{name}{SLASH}{place}", (*steps, str(place)), each), was=was)

    def _entries(self, of: Field, name: str, steps: Steps, value: Mapping[str, Any]) -> Iterator[Node]:
        assert of.item is not None  # noqa: S101 - a map has values
        for place, (key, each) in enumerate(value.items()):
            node = self._node(of.item, f"{name}{SLASH}{place}{SLASH}@value", (*steps, key), each)
            yield replace(node, key=key)

    def _values(self, name: str, steps: Steps, value: Sequence[Any]) -> Iterator[Node]:
        by_attribute = {each.get("attribute"): (place, each) for place, each in enumerate(value)}
        present = sorted(self._attributes.values(), key=lambda each: (each.key not in by_attribute, each.position))
        for attribute in present:
            place, each = by_attribute.get(attribute.key, (-1, {"unit": attribute.unit}))
            here = f"{name}{SLASH}{attribute.key}"
            inside = [self._inside(of, here, (*steps, str(place)), each) for of in value_fields(attribute)]
            first = inside[0].ident
            problems = self._problems_at((*steps, str(place)), first) + self._problems_at(
                (*steps, attribute.key), first
            )
            node = Node(here, Field(attribute.key, Kind.PART), nodes=tuple(inside))
            present_one = "1" if place >= 0 else ""
            yield replace(node, attribute=attribute, key=attribute.key, value=present_one, problems=problems)

    def _problems_at(self, steps: Steps, ident: str) -> tuple[str, ...]:
        messages = tuple(message for way, message in self._problems if way == steps)
        if messages:
            self._placed[steps] = ident
        return messages

    def _problems_below(self, steps: Steps, name: str, *, localized: bool = True) -> tuple[str, ...]:
        """The problems of a text in any language, and of any line of it."""
        problems = [each for each in self._problems if each[0][: len(steps)] == steps]
        for way, _ in problems:
            locale = next((step for step in way[len(steps) :] if step in self._locales), DEFAULT_LOCALE)
            self._placed[way] = ident_of(name, locale) if localized else ident_of(name)
            self.languages += [locale] if localized else []
        return tuple(message for _, message in problems)


def ident_of(*names: str) -> str:
    """The id of the element of a field, or of its text in a language."""
    return "f-" + "-".join(names).replace(SLASH, "-").replace("@", "")


def steps_of(path: str) -> Steps:
    """The steps of the path of a problem or of a difference."""
    return tuple(map(str, parse(path)))


def value_fields(attribute: Attribute) -> list[Field]:
    """The fields of a figure of an attribute: those of its kind, then where it comes from."""
    names = (*KINDS[attribute.kind].FIELDS, *VALUE_FIELDS)
    return [_value_field(name, attribute) for name in names if name != "interval"]


def _value_field(name: str, attribute: Attribute) -> Field:
    of = VALUES[name]
    if name in ("level", "choice"):
        return replace(of, kind=Kind.CHOICE, choices=tuple(option.key for option in attribute.options))
    return of
