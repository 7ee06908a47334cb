"""Read a form back into a document. What the form does not show stays as it was in the document it started from."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from careergraph.engine.content.attribute import Attribute
from careergraph.web.admin.forms.build import SLASH, VALUE_FIELDS, value_fields
from careergraph.web.admin.forms.definition import CONCEPT, Field, Kind, as_text, fields_of, is_blank

Tree = dict[str, Any]
"""The fields of a form by the parts of their names, in its order: `title/en` is `{"title": {"en": ...}}`."""

_NUMBER = re.compile(r"-?\d{1,15}([.,]\d{1,9})?")
_GROUPED = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}")
"""What is thousands to some and a fraction to others: 61,000 is not to become 61."""
_POSITION = re.compile(r"\d{1,4}")
_LIST = "@list"
"""The field that says that a list is in the form, also when it is empty."""
MOST_PARTS = 12
"""The most parts of a name: no definition is deeper."""


class Reader:
    """Reads the forms of one type of document. Figures are read by the `attributes`; new links to skills are by the
    `author`. While a form is being `shaped`, its items stay where they are, also blank ones."""

    def __init__(
        self, type_name: str, attributes: Mapping[str, Attribute], author: str, *, shaped: bool = False
    ) -> None:
        self._type_name, self._attributes, self._author, self._shaped = type_name, attributes, author, shaped

    def document(self, fields: Iterable[tuple[str, str]], base: Mapping[str, Any]) -> dict[str, Any]:
        """The document that a form describes, begun from `base`."""
        return self._struct(fields_of(self._type_name), _tree(fields), base)

    def _struct(self, fields: Iterable[Field], tree: Tree, base: Mapping[str, Any]) -> dict[str, Any]:
        document = dict(base)
        for of in fields:
            if of.name in tree:
                value = self._value(of, tree[of.name], document.get(of.name))
                document.pop(of.name, None)
                if not is_blank(value):
                    document[of.name] = value
        return document

    def _value(self, of: Field, sent: Any, base: Any) -> Any:  # noqa: PLR0911 - one for each kind
        if not isinstance(sent, dict):
            return _scalar(of, str(sent), base)
        match of.kind:
            case Kind.TEXT:
                return {**_others(base, sent), **{at: text for at, text in _strings(sent) if text.strip()}}
            case Kind.TEXTS:
                lines = {at: _lines(text) for at, text in _strings(sent)}
                return {**_others(base, sent), **{at: some for at, some in lines.items() if some}}
            case Kind.PART if of.path == CONCEPT:
                return self._link(str(sent.get("skill", "")).strip(), base)
            case Kind.PART:
                return self._struct(of.fields, sent, base or {})
            case Kind.LIST:
                return self._items(of, sent, base or [])
            case Kind.MAP:
                return self._entries(of, sent)
            case Kind.VALUES:
                return self._values(sent, base or [])
        return base

    def _items(self, of: Field, sent: Tree, base: list[Any]) -> list[Any]:
        assert of.item is not None  # noqa: S101 - a list has items
        items = []
        for place, each in sent.items():
            if place == _LIST or not _POSITION.fullmatch(place):
                continue
            before = _item_before(each, base)
            value = self._value(of.item, each, before)
            if self._shaped and isinstance(each, dict):
                value = {**(value or {}), "@was": each.get("@was", "")}
            if self._shaped or not is_blank(value):
                items.append(value)
        return items

    def _link(self, skill: str, before: Any) -> dict[str, Any] | None:
        """The link to a skill: as it was, or else the author's own."""
        if not skill:
            return None
        if before is not None and before.get("skill") == skill:
            return dict(before)
        return {"skill": skill, "proposedBy": self._author, "acceptedBy": self._author}

    def _entries(self, of: Field, sent: Tree) -> dict[str, Any]:
        """The entries of a map. One without a name, or with that of another one, is kept under a name that the check
        refuses: no text that was typed is lost."""
        assert of.item is not None  # noqa: S101 - a map has values
        entries = dict[str, Any]()
        for place, each in sent.items():
            if place == _LIST or not isinstance(each, dict):
                continue
            name = str(each.get("@key", "")).strip()
            value = self._value(of.item, each.get("@value", ""), None)
            if not is_blank(value):
                entries[_free_name(name, entries)] = value
            elif self._shaped or (name and of.item.exact):
                entries.setdefault(name, value)
        return entries

    def _values(self, sent: Tree, base: list[Any]) -> list[Any]:
        before = {each.get("attribute"): each for each in base}
        order = [*before, *[key for key in sent if key not in before]]
        values = []
        for key in order:
            attribute = self._attributes.get(str(key))
            if attribute is None or not isinstance(sent.get(key), dict):
                value = before.get(key)
            else:
                value = self._figure(attribute, sent[key], before.get(key, {}))
            if value is not None:
                values.append(value)
        return values

    def _figure(self, attribute: Attribute, sent: Tree, before: Mapping[str, Any]) -> dict[str, Any] | None:
        """The figure of an attribute. One that is taken away is None, and so is one of which nothing is written; where
        its origin is written first, that is a draft of it. An interval goes with the figure that it was of."""
        fields = value_fields(attribute)
        value = self._struct(fields, sent, before or {"attribute": attribute.key})
        own = [of.name for of in fields if of.name not in (*VALUE_FIELDS, *_DEFAULTED)]
        if any(value.get(name) != before.get(name) for name in own):
            value.pop("interval", None)
        begun = not any(name in before for name in own) and any(name in value for name in VALUE_FIELDS)
        return value if begun or any(name in value for name in own) else None


_DEFAULTED = ("currency", "period", "basis", "unit")
"""Fields that say how a figure is meant, and are none."""


def _free_name(name: str, entries: Mapping[str, Any]) -> str:
    """The name of an entry, with its number where others have that name already."""
    numbered = (f"{name} ({number})".lstrip() for number in range(2, len(entries) + 3))
    return name if is_blank(entries.get(name)) else next(each for each in numbered if each not in entries)


def _item_before(sent: Any, base: list[Any]) -> Any:
    """The item of the document that an item of the form was."""
    was = sent.get("@was", "") if isinstance(sent, dict) else ""
    return base[int(was)] if _POSITION.fullmatch(str(was)) and int(was) < len(base) else None


def _scalar(of: Field, text: str, base: Any) -> Any:
    """The value of a field; a number that is none, or may be another one, stays as it is written, for the check to
    tell, unless it is what the form showed."""
    stripped = text.strip()
    if of.kind is Kind.LINES:
        return _lines(text)
    if of.kind is Kind.NUMBER:
        if not _NUMBER.fullmatch(stripped) or (_GROUPED.fullmatch(stripped) and stripped != as_text(base)):
            return stripped
        number = float(stripped.replace(",", "."))
        return int(number) if number.is_integer() else number
    if of.kind is Kind.CHOICE and set(of.choices) == {"true", "false"}:
        return {"true": True, "false": False}.get(stripped)
    if of.kind is Kind.PROSE:
        return text.replace("\r\n", "\n").strip()
    return text if of.exact else stripped


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _strings(sent: Tree) -> Iterable[tuple[str, str]]:
    return ((at, text.replace("\r\n", "\n").strip()) for at, text in sent.items() if isinstance(text, str))


def _others(base: Any, sent: Tree) -> dict[str, Any]:
    """The texts in locales that the form does not show."""
    return {at: text for at, text in (base or {}).items() if at not in sent}


def _tree(fields: Iterable[tuple[str, str]]) -> Tree:
    tree: Tree = {}
    for name, value in fields:
        *way, last = name.split(SLASH, MOST_PARTS)
        node = tree
        for step in way:
            inner = node.setdefault(step, {})
            if not isinstance(inner, dict):
                break
            node = inner
        else:
            if not isinstance(node.get(last), dict):
                node[last] = value
    return tree
