"""Plan an import: the change of each document, and the careers that go, from the source and the database."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import msgspec

from careergraph.editorial.content.outcome import Body
from careergraph.editorial.content.problem import render
from careergraph.editorial.editing.document_state import newest, plain
from careergraph.editorial.importers.database_snapshot import DatabaseSnapshot
from careergraph.editorial.importers.matching import match_documents, slugs_by_reference
from careergraph.editorial.importers.merge import KNOWN_BY, VALUES, Disagreement, adopt, merge
from careergraph.editorial.importers.source_data import ProposedDocument, Section, SourceData, whole
from careergraph.editorial.verbs.documents.save_drafts import Draft
from careergraph.store.documents.documents import BY_TYPE, AttributeDocument, CareerDocument, Key, key_of
from careergraph.store.documents.references import fields_with_references, references, rename_references, texts
from careergraph.store.editing.drafts import DocumentState
from careergraph.store.editing.imported import Imported

MOST = 0.1
"""The share of a source's careers that may go at once: more is a table that is cut off rather than a new release."""


class TooMany(Exception):
    """More careers would go than can be right."""


def _referenced(snapshot: DatabaseSnapshot, going: Iterable[Key]) -> set[Key]:
    """Return those documents that a remaining document refers to."""
    leaving = set(going)
    return {
        target
        for document in (snapshot.live.values() if leaving else ())
        if key_of(document) not in leaving
        for _, target in references(document.TYPE, plain(document))
        if target in leaving
    }


Sections = Mapping[str, Section]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change of a document: its draft, and its sections in the source, for the next import to compare with."""

    draft: Draft
    ident: str
    sections: dict[str, Any] | None
    new: bool

    def without_body(self) -> "Change":
        """Return the change without its contents; a removal stays one."""
        body: Body | None = None if self.draft.body is None else {}
        return replace(self, draft=replace(self.draft, body=body), sections=None)


class FieldConflict(NamedTuple):
    """A field of a document with the source's value and the present one, which stays. Without a path it is the whole
    document, which is gone from the source and says more than the source did."""

    key: Key
    path: str
    source: Any = None
    present: Any = None


class Match(NamedTuple):
    """A document that is the source's too from this import on, and what it was known by."""

    key: Key
    reason: str


class _Dispute(NamedTuple):
    """A field of a document in which its value stays; an `adopted` document had it before the first import."""

    key: Key
    disagreement: Disagreement
    adopted: bool


@dataclass(slots=True, kw_only=True)
class Plan:
    """The changes of an import.

    `drafted` documents have a draft of an earlier import with the same content. `conflicts` are fields in which the
    editors' value stays although the source has a new one; `kept` fields are older than the first import, and stay.
    `others` are fields that another import or the demonstration wrote, and that stay. `matched` documents were there
    before the source had them; of those, `met` are the records of the ones that stay as they are.
    `busy` documents have drafts of editors and `away` ones were archived by them: both are left alone. `gone` documents
    are no longer in the source; `needed` ones of them stay, because others refer to them. `lost` attributes do not
    exist, so their figures are left out.
    """

    changes: list[Change] = field(default_factory=list)
    drafted: list[Key] = field(default_factory=list)
    unchanged: int = 0
    conflicts: list[FieldConflict] = field(default_factory=list)
    kept: list[FieldConflict] = field(default_factory=list)
    others: list[FieldConflict] = field(default_factory=list)
    matched: list[Match] = field(default_factory=list)
    met: list[Imported] = field(default_factory=list)
    busy: list[Key] = field(default_factory=list)
    away: list[Key] = field(default_factory=list)
    gone: list[Key] = field(default_factory=list)
    needed: list[Key] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    def records(self, numbers: Mapping[Key, int]) -> list[Imported]:
        """The records to remember, once the drafts have their numbers."""
        changes = [(change, change.draft.key) for change in self.changes]
        drafted = [Imported(ident=it.ident, key=key, number=numbers[key], body=it.sections) for it, key in changes]
        return drafted + self.met

    def without_bodies(self) -> "Plan":
        """Return the plan without the contents of its changes, once they are saved."""
        return replace(self, changes=[it.without_body() for it in self.changes])


def make_plan(snapshot: DatabaseSnapshot, source: SourceData) -> Plan:
    """Plans an import. Changes nothing."""
    return _Planning(snapshot, source).plan()


class _Planning:
    def __init__(self, snapshot: DatabaseSnapshot, source: SourceData) -> None:
        self._snapshot, self._source, self._plan = snapshot, source, Plan()
        self._matches = match_documents(snapshot, source.documents)
        self._keys = self._matches.keys
        self._planned: set[Key] = set()
        self._references = slugs_by_reference(snapshot, self._keys)
        self._renamed_types = frozenset([type_name for type_name, _ in self._references])
        snapshot.look(self._keys.values())
        careers = [key for key in self._keys.values() if key[0] == CareerDocument.TYPE]
        self._yielding = snapshot.yielding_values(careers, others=source.prevails)
        self._disputes: list[_Dispute] = []

    def plan(self) -> Plan:
        for document in self._source.documents:
            if self._keys[document.ident] not in self._planned:  # a category that several of the source's are
                self._document(document)
        self._retire()
        self._settle()
        return self._plan

    def _document(self, document: ProposedDocument) -> None:
        key = self._keys[document.ident]
        state, before = self._snapshot.state(key), self._snapshot.remembered.get(document.ident)
        own = before is not None and before.number == state.draft and before.key == key
        if state.draft is not None and not own:
            self._plan.busy.append(key)
        elif state.archived:
            self._plan.away.append(key)
        else:
            current = self._snapshot.drafts.get(key) if own else self._snapshot.body(key)
            former = before.body if before is not None else None
            sections = {**(former or {}), **document.sections}
            body = self._result(document, key, sections, former, current)
            if (reason := self._matches.reasons.get(document.ident)) is not None:
                self._plan.matched.append(Match(key, reason))
            if body != current:
                self._planned.add(key)
                self._change(document, key, sections, body, new=current is None)
            else:
                self._plan.unchanged += 1
                self._plan.drafted.extend([key] if own else [])
                if before is None:
                    self._plan.met.append(self._record(document, state, sections))

    def _result(
        self, document: ProposedDocument, key: Key, sections: Sections, former: Sections | None, current: Body | None
    ) -> Body:
        """Return the new body of a document. `former` are the source's sections for it before."""
        beneath = _fields_beside_values(current) if document.partial else {}
        body = self._like(self._whole(key, sections, beneath), current)
        if current is None:
            return body
        if former is not None:
            result = merge(self._whole(key, former, beneath), body, current)
        else:
            titles = {it: title for it, title in document.titles.items() if it in self._snapshot.locales}
            result = adopt(body, current, titles=titles, ours=lambda value: value in self._yielding.get(key, ()))
        self._disputes += [_Dispute(key, it, adopted=former is None) for it in result.conflicts]
        return result.body

    def _settle(self) -> None:
        """List the fields in which the document's value stays, by who wrote it."""
        writers = self._snapshot.writers_of(it.key for it in self._disputes)
        for dispute in self._disputes:
            key, (steps, source, present) = dispute.key, dispute.disagreement
            conflict = FieldConflict(key, render(steps), source, present)
            by_editors = self._plan.kept if dispute.adopted else self._plan.conflicts
            (by_editors if writers.edited(key, steps, present) else self._plan.others).append(conflict)

    def _retire(self) -> None:
        """Unpublish the careers that the source no longer has; they stay readable as of earlier dates. Edited ones, and
        those that others refer to, stay live. Raises TooMany."""
        if (listed := self._source.listed) is None:
            return
        remembered = self._snapshot.remembered.values()
        careers = [it for it in remembered if it.key[0] == CareerDocument.TYPE and it.body is not None]
        going: dict[str, Key] = {}
        for career in careers:
            key = career.key
            if career.ident in listed or key not in self._snapshot.live:
                continue
            if self._snapshot.state(key).draft is not None:
                self._plan.busy.append(key)
            elif self._snapshot.body(key) != self._whole(key, career.body or {}):
                self._disputes.append(_Dispute(key, Disagreement((), None, None), adopted=False))
            else:
                going[career.ident] = key
        if len(going) > max(1, MOST * len(careers)):
            message = f"the source lacks {len(going)} of the {len(careers)} careers that it had: is a table cut off?"
            raise TooMany(message)
        self._plan.needed = sorted(_referenced(self._snapshot, going.values()))
        gone = {ident: key for ident, key in going.items() if key not in self._plan.needed}
        self._plan.gone = list(gone.values())
        for ident, key in gone.items():
            draft = Draft(key=key, body=None, base=newest(self._snapshot.state(key)))
            self._plan.changes.append(Change(draft=draft, ident=ident, sections=None, new=False))

    def _change(self, document: ProposedDocument, key: Key, sections: Sections, body: Body, *, new: bool) -> None:
        draft = Draft(key=key, body=body, base=newest(self._snapshot.state(key)))
        change = Change(draft=draft, ident=document.ident, sections=self._renamed(key[0], sections), new=new)
        self._plan.changes.append(change)

    def _renamed(self, type_name: str, sections: Sections) -> dict[str, Any]:
        referring = fields_with_references(type_name, self._renamed_types)
        return {
            name: section if referring.isdisjoint(section) else rename_references(type_name, section, self._references)
            for name, section in sections.items()
        }

    def _record(self, document: ProposedDocument, state: DocumentState, sections: Sections) -> Imported:
        number, body = newest(state) or 0, self._renamed(document.type, sections)
        return Imported(ident=document.ident, key=state.key, number=number, body=body)

    def _whole(self, key: Key, sections: Mapping[str, Section], beneath: Body | None = None) -> dict[str, Any]:
        """Return the document of some sections over the fields `beneath`, as plain JSON: with its references, without
        languages and attributes that do not exist."""
        kind = BY_TYPE[key[0]]
        fields = {**(beneath or {}), kind.IDENT: key[1], **whole(sections)}
        body = dict(rename_references(key[0], fields, self._references))
        if any(locale not in self._snapshot.locales for _, written in texts(key[0], body) for locale in written):
            body = msgspec.to_builtins(body)  # the source keeps its texts
            for _, written in texts(key[0], body):
                for locale in [it for it in written if it not in self._snapshot.locales]:
                    del written[locale]
        if key[0] == CareerDocument.TYPE:
            body |= {name: list(self._values(body.get(name, ()))) for name in VALUES}
        return plain(msgspec.convert(body, kind))

    def _values(self, values: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for value in values:
            if value["attribute"] in self._snapshot.attributes or self._brings(value["attribute"]):
                yield value
            elif value["attribute"] not in self._plan.lost:
                self._plan.lost.append(value["attribute"])

    def _brings(self, attribute: str) -> bool:
        key = AttributeDocument.TYPE, attribute
        return key in self._planned or key in self._plan.drafted

    def _like(self, body: dict[str, Any], current: Body | None) -> dict[str, Any]:
        """Keep a figure that a later release repeats as the figure of its first release."""
        for name in VALUES:
            key_of = KNOWN_BY[name]
            there = {key_of(value): value for value in (current or {}).get(name, ())}
            for value in body.get(name, ()):
                other = there.get(key_of(value))
                if other and {"observedOn": other.get("observedOn"), **value, "source": other.get("source")} == other:
                    value.update(other)
        _keep_sources(body, current or {})
        return body


def _fields_beside_values(current: Body | None) -> Body:
    """Return the fields that a source of figures leaves as they are."""
    return {name: value for name, value in (current or {}).items() if name not in VALUES}


def _keep_sources(body: dict[str, Any], current: Body) -> None:
    """Keep profiles and published relations alike."""
    mine, theirs = ([link["profile"]] if link.get("profile") else [] for link in (body, current))
    mine += body.get("relations", ())
    theirs += current.get("relations", ())
    for link in mine:
        for other in theirs:
            if {**link, "source": other["source"]} == other:
                link.update(other)
