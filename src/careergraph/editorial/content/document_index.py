"""An index of all documents that one may refer to, for the checks: live ones, and those that come with it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from careergraph.editorial.content.problem import Problem, ProblemCode, Steps
from careergraph.engine.content.attribute import Attribute
from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.store.catalogs.build import build_attribute
from careergraph.store.documents.documents import (
    DOCUMENTS,
    AttributeDocument,
    Document,
    Key,
    LocaleDocument,
    SkillDocument,
    key_of,
)


@dataclass(frozen=True)
class DocumentIndex:
    """All documents by type and ident, and the keys of those that are there without a shape."""

    documents: Mapping[Key, Document]
    broken: frozenset[Key] = frozenset()

    @classmethod
    def of(cls, live: Iterable[Document], documents: Iterable[Document], broken: Iterable[Key] = ()) -> "DocumentIndex":
        """Index the live documents, with others laid over them; the first of two with one key counts."""
        laid: dict[Key, Document] = {}
        for document in documents:
            laid.setdefault(key_of(document), document)
        return cls({key_of(document): document for document in live} | laid, frozenset(broken))

    @cached_property
    def idents(self) -> Mapping[str, Collection[str]]:
        """The idents of each type."""
        idents: dict[str, dict[str, None]] = {document.TYPE: {} for document in DOCUMENTS}
        idents[LocaleDocument.TYPE][DEFAULT_LOCALE] = None
        for type_name, ident in (*self.documents, *self.broken):
            idents[type_name][ident] = None
        return idents

    @cached_property
    def attributes(self) -> Mapping[str, Attribute]:
        """The attributes that values can be checked against, by key."""
        return {
            document.key: built
            for document in self.documents.values()
            if isinstance(document, AttributeDocument) and (built := built_attribute(document)) is not None
        }

    @cached_property
    def roles(self) -> Mapping[str, tuple[str, ...]]:
        """The keys of the attributes that play each role in a transition."""
        keys_by_role: dict[str, list[str]] = {}
        for document in self.documents.values():
            if isinstance(document, AttributeDocument) and document.transition_role is not None:
                keys_by_role.setdefault(document.transition_role, []).append(document.key)
        return {role: tuple(keys) for role, keys in keys_by_role.items()}

    @cached_property
    def circling_skills(self) -> frozenset[str]:
        """The skills that are broader than themselves, by way of others."""
        return circling(
            {skill.slug: tuple(skill.broader) for skill in self.documents.values() if isinstance(skill, SkillDocument)}
        )

    @cached_property
    def circling_locales(self) -> frozenset[str]:
        """The locales that fall back to themselves, by way of others."""
        locales = (it for it in self.documents.values() if isinstance(it, LocaleDocument))
        return circling({locale.code: (locale.fallback,) if locale.fallback else () for locale in locales})

    def unknown(self, type_name: str, ident: str, steps: Steps) -> Iterator[Problem]:
        """A problem, where no document of a type is known by an ident."""
        idents = self.idents[type_name]
        if ident in idents:
            return
        close = get_close_matches(ident[:100], idents, n=1)
        hint = f"; did you mean {close[0]}?" if close else ""
        yield Problem(ProblemCode.UNKNOWN_REFERENCE, f"there is no {type_name} {quoted(ident)}{hint}", steps)


class OpenIndex(DocumentIndex):
    """An index to which no reference is unknown, for drafts: they may refer to documents that are still to come."""

    def unknown(self, type_name: str, ident: str, steps: Steps) -> Iterator[Problem]:
        return iter(())


def quoted(ident: str) -> str:
    """An ident quoted for a message: on one line, and not too long."""
    return ascii(ident if len(ident) <= 100 else ident[:99] + "...")


def with_article(type_name: str) -> str:
    """A document type with its article: an attribute, a career."""
    return f"an {type_name}" if type_name[0] in "aeiou" else f"a {type_name}"


def built_attribute(document: AttributeDocument) -> Attribute | None:
    """Return the engine's attribute of a document; None for an unknown kind, direction or role."""
    try:
        return build_attribute(document)
    except ValueError:
        return None


def circling(edges: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """The nodes of a graph that lie on a circle of two or more, or between two circles.

    Taking away leaves from both ends, again and again, leaves these over.
    """
    forward = {node: {to for to in targets if to in edges and to != node} for node, targets in edges.items()}
    left = _without_leaves(forward)
    return frozenset(_without_leaves(_reverse({node: forward[node] & left for node in left})))


def _reverse(edges: Mapping[str, set[str]]) -> dict[str, set[str]]:
    into: dict[str, set[str]] = {node: set() for node in edges}
    for node, targets in edges.items():
        for to in targets:
            into[to].add(node)
    return into


def _without_leaves(edges: Mapping[str, set[str]]) -> set[str]:
    """A graph without its leaves, taken away again and again until there are none."""
    left = {node: len(targets) for node, targets in edges.items()}
    into = _reverse(edges)
    leaves = [node for node, count in left.items() if not count]
    while leaves:
        leaf = leaves.pop()
        del left[leaf]
        for node in into[leaf]:
            left[node] -= 1
            if not left[node]:
                leaves.append(node)
    return set(left)
