"""Locale filters: publish the texts of a document in some locales, while the others wait.

What is the same in all languages (figures, references, the members of lists) belongs to no locale: it goes live with
all locales but some (`without`), and waits where only some locales are named (`only`).
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from msgspec import inspect

from careergraph.editorial.content.diff import KNOWN_BY, item_key
from careergraph.editorial.content.outcome import Body
from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.store.documents.documents import LocaleDocument
from careergraph.store.documents.references import is_localised, kind_of, text_fields


@dataclass(frozen=True, slots=True)
class LocaleFilter:
    """The locales whose texts go live: `only` these and nothing else (None: everything), `without` those."""

    only: frozenset[str] | None = None
    without: frozenset[str] = frozenset()

    @classmethod
    def of(cls, only: Iterable[str] | None = None, without: Iterable[str] | None = None) -> "LocaleFilter":
        """Return the filter of lists of locales; with both, `only` those that are not `without`."""
        excluded = frozenset(without or ())
        return cls(without=excluded) if only is None else cls(only=frozenset(only) - excluded)

    @classmethod
    def read(cls, written: Mapping[str, Any] | None) -> "LocaleFilter":
        """Return the filter that a schedule keeps."""
        return cls.of(**(written or {}))

    def to_json(self) -> dict[str, list[str]]:
        """Return the filter for a schedule and the audit log; empty where everything goes live."""
        parts = {"only": self.only, "without": self.without or None}
        return {name: sorted(part) for name, part in parts.items() if part is not None}

    @property
    def whole(self) -> bool:
        """Whether everything goes live."""
        return self.only is None and not self.without

    @property
    def locales(self) -> frozenset[str]:
        """The locales that it names."""
        return self.without if self.only is None else self.only

    def includes(self, locale: str) -> bool:
        """Return whether the texts in a locale go live."""
        return locale not in self.without if self.only is None else locale in self.only

    def covers(self, other: "LocaleFilter") -> bool:
        """Return whether all that goes live by the other one goes live by this one."""
        if other.only is None:
            return self.only is None and self.without <= other.without
        return all(self.includes(locale) for locale in other.only)

    def overlaps(self, other: "LocaleFilter") -> bool:
        """Return whether anything goes live by both."""
        for one, two in ((self, other), (other, self)):
            if one.only is not None:
                return any(two.includes(locale) for locale in one.only)
        return True

    def part(self, type_name: str, draft: Body, live: Body) -> Body:
        """Return a document as it is once the texts of a draft in these locales are live.

        A text without its default locale waits for that. Items of a list are known by their key (a value by its
        attribute) or else by their text in the default locale; a list of the latter kind keeps its members until
        that text goes live too, and then a reworded item is the one at the same place.
        """
        if self.whole:
            return draft
        if type_name == LocaleDocument.TYPE:  # all of it is written in the locale
            return draft if self.includes(draft["code"]) else live
        body: Body = self._node(kind_of(type_name), draft, live, "")
        return body

    def _node(self, kind: inspect.Type, draft: Any, live: Any, name: str) -> Any:
        match kind:
            case inspect.StructType():
                return self._struct(kind, draft, live)
            case inspect.ListType(item_type=item):
                return self._list(item, draft or [], live or [], KNOWN_BY.get(name))
            case inspect.DictType(value_type=inner) if not is_localised(kind):
                return self._map(dict.fromkeys((*(live or {}), *(draft or {})), inner), draft or {}, live or {})
        return self._text(kind, draft or {}, live or {})

    def _text(self, kind: inspect.Type, draft: Mapping[str, Any], live: Mapping[str, Any]) -> Mapping[str, Any]:
        fresh = {locale: text for locale, text in draft.items() if self.includes(locale)}
        fresh |= {locale: text for locale, text in live.items() if not self.includes(locale)}
        listed = isinstance(kind, inspect.DictType) and isinstance(kind.value_type, inspect.ListType)
        waits = not (listed or DEFAULT_LOCALE in fresh or self.includes(DEFAULT_LOCALE))
        return live if waits else fresh

    def _struct(self, kind: inspect.StructType, draft: Body | None, live: Body | None) -> Any:
        """Merge a part of a document, which comes and goes in no language."""
        base = draft if self.only is None else live
        if base is None or draft is None:
            return base
        return self._map(text_fields(kind.cls), draft, live or {})

    def _map(self, kinds: Mapping[str, inspect.Type], draft: Body, live: Body) -> dict[str, Any]:
        """Merge two objects, whose fields of these names have texts."""
        fresh: dict[str, Any] = deepcopy(dict(draft if self.only is None else live))
        for name, kind in kinds.items():
            merged = self._node(kind, draft.get(name), live.get(name), name)
            if merged:
                fresh[name] = merged
            else:
                fresh.pop(name, None)
        return fresh

    def _list(
        self, kind: inspect.Type, draft: Sequence[Any], live: Sequence[Any], fields: tuple[str, ...] | None
    ) -> list[Any]:
        as_live = self.only is not None or (fields is None and not self.includes(DEFAULT_LOCALE))
        matches = _match(kind, draft, live, fields, reworded=as_live)
        if as_live:
            drafted = {at: draft[position] for position, at in matches.items()}
            return [self._node(kind, drafted[at], item, "") if at in drafted else item for at, item in enumerate(live)]
        present = {position: live[at] for position, at in matches.items()}
        return [self._node(kind, item, present.get(position, {}), "") for position, item in enumerate(draft)]


def _match(
    kind: inspect.Type, draft: Sequence[Any], live: Sequence[Any], fields: tuple[str, ...] | None, *, reworded: bool
) -> dict[int, int]:
    """Return the positions of the same items, from draft to live, each once; with `reworded`, those left over too, in
    order, where they are as many on both sides."""
    own, others = ([_identity(kind, it, fields) for it in items] for items in (draft, live))
    matches: dict[int, int] = {}
    free = list(range(len(others)))
    for position, identity in enumerate(own):
        at = next((at for at in free if others[at] == identity), None)
        if at is not None:
            free.remove(at)
            matches[position] = at
    rest = [position for position in range(len(own)) if position not in matches]
    if reworded and fields is None and len(rest) == len(free):
        matches |= dict(zip(rest, free, strict=True))
    return matches


def _identity(kind: inspect.Type, item: Any, fields: tuple[str, ...] | None) -> object:
    if fields is not None and (key := item_key(item, fields)) is not None:
        return key
    names = text_fields(kind.cls) if isinstance(kind, inspect.StructType) else ()
    return next((item.get(name, {}).get(DEFAULT_LOCALE) for name in names), None)
