"""Mending: make drafts fit for a preview that are not publishable yet, and say what is missing.

A missing text is shown as its path in brackets; what cannot be shown (a figure that is no number, a link to nothing) is
left out. A draft that fits by none of this is omitted: the document is shown as it is live, if it is.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import msgspec

from careergraph.editorial.checks.check import check
from careergraph.editorial.content.outcome import Body, Rejected
from careergraph.editorial.content.problem import Problem, ProblemCode, Steps, render
from careergraph.editorial.editing.document_state import plain
from careergraph.editorial.editing.draft_body import decode_draft
from careergraph.editorial.editing.validation import Surroundings, problems_of
from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.store.documents.documents import (
    BY_TYPE,
    CareerDocument,
    CategoryDocument,
    Document,
    Key,
    key_of,
)
from careergraph.store.documents.references import locale_of

ROUNDS = 6
"""How often documents are mended: what replaces one problem may be another, such as a figure without its source."""

_GONE = object()


Around = Callable[[Sequence[Document], Collection[Key]], Surroundings]
"""Finds the surroundings of documents that come and others that go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """The documents that drafts change, as they are shown, None for one that goes; the `problems` of the drafts, and
    the keys of those that are `omitted`. Without drafts (`has_drafts`) all is as it is
    live."""

    changes: Mapping[Key, Document | None]
    problems: tuple[Problem, ...] = ()
    omitted: tuple[Key, ...] = ()
    has_drafts: bool = False


def lay_over(drafted: Mapping[Key, Body | None], around: Around) -> Laid:
    """Lay drafts over the live documents, as far as they can be shown; the body None removes a document."""
    fresh, unreadable = _decode(drafted)
    removed = [key for key, body in drafted.items() if body is None]
    live = around(list(fresh.values()), removed)
    problems = problems_of(live.documents.values(), list(fresh.values()), removed, live.present)
    if problems:
        _mend_all(live, fresh, removed, problems)
        fresh, removed = _sift(live, fresh, removed)
    return Laid(
        changes={**fresh, **dict.fromkeys(removed)},
        problems=(*unreadable, *problems),
        omitted=tuple(sorted(drafted.keys() - fresh.keys() - set(removed))),
        has_drafts=bool(drafted),
    )


def _decode(drafted: Mapping[Key, Body | None]) -> tuple[dict[Key, Document], list[Problem]]:
    fresh: dict[Key, Document] = {}
    problems: list[Problem] = []
    for key, body in drafted.items():
        try:
            if body is not None:
                fresh[key] = decode_draft(key, body)
        except Rejected as refused:
            problems += refused.problems
    return fresh, problems


def _mend_all(
    live: Surroundings, fresh: dict[Key, Document], removed: Collection[Key], problems: Iterable[Problem]
) -> None:
    """Mend the fresh documents in place, and take out those that cannot be."""
    near = {key: document for key, document in live.documents.items() if key not in removed}
    staying = Surroundings(near, set(live.present).difference(removed))
    for _ in range(ROUNDS):
        own = sorted((it for it in problems if _key(it) in fresh), key=_key)
        if not own:
            return
        for key, group in groupby(own, _key):
            mended = _mend(fresh[key], list(group), staying)
            if mended is None:
                del fresh[key]
            else:
                fresh |= {key_of(document): document for document in mended}
        problems = check(fresh.values(), near.values(), staying.present, affected=())


def _key(problem: Problem) -> Key:
    return problem.type or "", problem.ident or ""


def _mend(document: Document, problems: Sequence[Problem], staying: Surroundings) -> list[Document] | None:
    """Return a document without these problems, with the category that stands in for one that is missing; None where
    that cannot be."""
    body, others = plain(document), list[Document]()
    for problem in problems:
        if problem.code is ProblemCode.MISSING_TEXT:
            _write(document.TYPE, body, problem)
        elif isinstance(document, CareerDocument) and problem.steps == ("category",):
            before = staying.documents.get(key_of(document))
            body["category"] = "missing"
            if isinstance(before, CareerDocument) and (CategoryDocument.TYPE, before.category) in staying.present:
                body["category"] = before.category
            elif (CategoryDocument.TYPE, "missing") not in staying.present:
                others.append(CategoryDocument(slug="missing", name={DEFAULT_LOCALE: "[category]"}))
        else:  # a figure goes as a whole: half of one would be another
            whole = isinstance(document, CareerDocument) and problem.code is ProblemCode.BAD_VALUE
            steps = problem.steps[:2] if whole else problem.steps
            if not _remove(document.TYPE, body, steps):
                return None
    return [msgspec.convert(_compact(body), BY_TYPE[document.TYPE]), *others]


def _write(type_name: str, body: dict[str, Any], problem: Problem) -> None:
    """Write a placeholder where a text is missing; one that is blank in another locale is left out."""
    *parents, last = problem.steps
    locale = locale_of(type_name, problem.steps)
    node = _node(body, parents)
    if isinstance(node[last], dict):
        node[last] = {**node[last], DEFAULT_LOCALE: f"[{problem.path}]"}
    elif locale not in (None, DEFAULT_LOCALE):
        _remove(type_name, body, problem.steps)
    else:
        node[last] = f"[{render(tuple(parents) if locale else problem.steps)}]"


def _remove(type_name: str, body: dict[str, Any], steps: Steps) -> bool:
    """Remove the innermost part on the way to a problem that a document can do without. Return whether there is
    one."""
    for depth in range(len(steps), 0, -1):
        parent, last = _node(body, steps[: depth - 1]), steps[depth - 1]
        if parent is _GONE:
            return True
        if isinstance(parent, list) and isinstance(last, int):
            parent[last] = _GONE
            return True
        if isinstance(parent, dict) and last in parent:
            before = parent.pop(last)
            if _fits(type_name, body):
                return True
            parent[last] = before
    return False


def _node(body: Any, steps: Iterable[Any]) -> Any:
    """Return the node at the end of a way; one that is gone where the way leads through it, None where it is absent."""
    node = body
    for step in steps:
        if node is _GONE or node is None:
            return node
        node = node[step] if isinstance(node, list) else node.get(step)
    return node


def _fits(type_name: str, body: Mapping[str, Any]) -> bool:
    try:
        msgspec.convert(_compact(body), BY_TYPE[type_name])
    except msgspec.ValidationError:
        return False
    return True


def _compact(node: Any) -> Any:
    """Return a copy without the items of lists that are gone."""
    if isinstance(node, dict):
        return {name: _compact(child) for name, child in node.items()}
    return [_compact(child) for child in node if child is not _GONE] if isinstance(node, list) else node


def _sift(
    live: Surroundings, fresh: Mapping[Key, Document], removed: Collection[Key]
) -> tuple[dict[Key, Document], list[Key]]:
    """Return the documents and the removals that leave no problem, also none in live documents that refer to them."""

    def is_sound(keys: Sequence[Key]) -> bool:
        documents = [fresh[key] for key in keys if key in fresh]
        going = [key for key in keys if key in removed]
        return not problems_of(live.documents.values(), documents, going, live.present)

    kept = _keep((), (*fresh, *removed), is_sound)
    return {key: fresh[key] for key in kept if key in fresh}, [key for key in kept if key in removed]


def _keep(before: tuple[Key, ...], keys: tuple[Key, ...], is_sound: Callable[[Sequence[Key]], bool]) -> tuple[Key, ...]:
    """Return the keys that are sound with those before them: halves of them, again and again."""
    if is_sound((*before, *keys)):
        return keys
    if len(keys) <= 1:
        return ()
    first = _keep(before, keys[: len(keys) // 2], is_sound)
    return (*first, *_keep((*before, *first), keys[len(keys) // 2 :], is_sound))
