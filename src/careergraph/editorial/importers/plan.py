"""Plans: the changes that an import makes to each document, from the source and the database."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from careergraph.editorial.content.document_index import Key
from careergraph.editorial.content.localized_fields import texts
from careergraph.editorial.content.outcome import Body
from careergraph.editorial.content.problem import render
from careergraph.editorial.content.references import rename_references
from careergraph.editorial.editing.document_state import newest, plain
from careergraph.editorial.importers.database_snapshot import DatabaseSnapshot
from careergraph.editorial.importers.merge import KNOWN_BY, VALUES, adopt, merge
from careergraph.editorial.importers.names import assign_keys, references
from careergraph.editorial.importers.proposed_document import ProposedDocument, Section, whole
from careergraph.editorial.importers.retire import retire
from careergraph.editorial.importers.source_data import SourceData
from careergraph.editorial.verbs.documents.save_drafts import Draft
from careergraph.store.documents.documents import BY_TYPE, CareerDocument
from careergraph.store.editing.imported import Imported

Sections = Mapping[str, Section]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A document that is to change: as a draft, and in the words of the source, for the next import to compare with."""

    draft: Draft
    ident: str
    sections: dict[str, Any] | None
    new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an import is going to do.

    `drafted` are documents of which an earlier import drafted all this already. `conflicts` are fields in which the
    editors' value stays, though the source has another one now; `kept` are fields that were there before the first
    import, and stay. `busy` documents have drafts of editors', `away` ones were put away by them: both are left alone.
    `gone` are those that the source has no longer, of which `needed` stay, because others refer to them. `lost` are
    attributes that are not there, so that their figures are left out.
    """

    changes: tuple[Change, ...] = ()
    drafted: tuple[Key, ...] = ()
    unchanged: int = 0
    conflicts: tuple[tuple[Key, str], ...] = ()
    kept: tuple[tuple[Key, str], ...] = ()
    busy: tuple[Key, ...] = ()
    away: tuple[Key, ...] = ()
    gone: tuple[Key, ...] = ()
    needed: tuple[Key, ...] = ()
    lost: tuple[str, ...] = ()

    def records(self, numbers: Mapping[Key, int]) -> tuple[Imported, ...]:
        """The records to remember, once the drafts have their numbers."""
        return tuple(
            [
                Imported(
                    ident=change.ident, key=change.draft.key, number=numbers[change.draft.key], body=change.sections
                )
                for change in self.changes
            ]
        )


def _record(change: Change, number: int) -> Imported:
    return Imported(ident=change.ident, key=change.draft.key, number=number, body=change.sections)


def make_plan(ground: DatabaseSnapshot, source: SourceData) -> Plan:
    """Plans an import. Changes nothing."""
    return _Planning(ground, source).plan()


@dataclass(slots=True)
class _Found:
    changes: list[Change] = field(default_factory=list)
    drafted: list[Key] = field(default_factory=list)
    conflicts: list[tuple[Key, str]] = field(default_factory=list)
    busy: list[Key] = field(default_factory=list)
    away: list[Key] = field(default_factory=list)
    lost: dict[str, None] = field(default_factory=dict)
    unchanged: int = 0
    kept: list[tuple[Key, str]] = field(default_factory=list)


class _Planning:
    def __init__(self, ground: DatabaseSnapshot, source: SourceData) -> None:
        self._ground, self._said, self._found = ground, source, _Found()
        self._keys = assign_keys(ground, source.documents)
        self._references = references(ground, self._keys)
        ground.look(self._keys.values())
        careers = [key for key in self._keys.values() if key[0] == CareerDocument.TYPE]
        self._yielding = ground.yielding_values(careers, others=source.prevails)

    def plan(self) -> Plan:
        for document in self._said.documents:
            self._document(document)
        going = retire(self._ground, self._said, self._whole)
        changes = [
            *self._found.changes,
            *[
                Change(
                    draft=Draft(key=key, body=None, base=newest(self._ground.state(key))),
                    ident=ident,
                    sections=None,
                    new=False,
                )
                for ident, key in going.gone.items()
            ],
        ]
        results = self._found
        return Plan(
            changes=tuple(changes),
            drafted=tuple(results.drafted),
            unchanged=results.unchanged,
            conflicts=(*results.conflicts, *going.edited),
            kept=tuple(results.kept),
            busy=(*results.busy, *going.busy),
            away=tuple(results.away),
            gone=tuple(going.gone.values()),
            needed=going.needed,
            lost=tuple(results.lost),
        )

    def _document(self, document: ProposedDocument) -> None:
        key = self._keys[document.ident]
        state, before = self._ground.state(key), self._ground.remembered.get(document.ident)
        own = before is not None and before.number == state.draft and before.key == key
        if state.draft is not None and not own:
            self._found.busy.append(key)
        elif state.archived:
            self._found.away.append(key)
        else:
            current = self._ground.drafts.get(key) if own else self._ground.body(key)
            former = before.body if before is not None else None
            sections = {**(former or {}), **document.sections}
            beneath = _fields_beside_values(current) if document.partial else {}
            body = self._result(key, sections, former, current, beneath)
            if body != current:
                self._change(document, key, sections, body, new=current is None)
            else:
                self._found.unchanged += 1
                self._found.drafted.extend([key] if own else [])

    def _result(
        self, key: Key, sections: Sections, former: Sections | None, current: Body | None, beneath: Body
    ) -> Body:
        """The new body of a document. `former` are the sections that the source had for it before."""
        body = self._like(self._whole(key, sections, beneath), current)
        if current is None:
            return body
        if former is not None:
            result = merge(self._whole(key, former, beneath), body, current)
            self._found.conflicts.extend((key, render(steps)) for steps in result.conflicts)
        else:
            result = adopt(body, current, ours=lambda value: value in self._yielding.get(key, ()))
            self._found.kept.extend((key, render(steps)) for steps in result.conflicts)
        return result.body

    def _change(self, document: ProposedDocument, key: Key, sections: Sections, body: Body, *, new: bool) -> None:
        draft = Draft(key=key, body=body, base=newest(self._ground.state(key)))
        renamed = {name: rename_references(key[0], section, self._references) for name, section in sections.items()}
        self._found.changes.append(Change(draft=draft, ident=document.ident, sections=renamed, new=new))

    def _removal(self, ident: str, key: Key) -> Change:
        draft = Draft(key=key, body=None, base=newest(self._ground.state(key)))
        return Change(draft=draft, ident=ident, sections=None, new=False)

    def _whole(self, key: Key, sections: Mapping[str, Section], beneath: Body | None = None) -> dict[str, Any]:
        """The document that sections make, over what is beneath them, with its references and without languages and
        attributes that are not there; plain as a document is."""
        kind = BY_TYPE[key[0]]
        body = rename_references(key[0], {**(beneath or {}), "slug": key[1], **whole(sections)}, self._references)
        for _, written in list(texts(key[0], body)):
            for locale in [it for it in written if it not in self._ground.locales]:
                del written[locale]
        if key[0] == CareerDocument.TYPE:
            body |= {name: list(self._values(body.get(name, ()))) for name in VALUES}
        return plain(msgspec.convert(body, kind))

    def _values(self, values: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for value in values:
            if value["attribute"] in self._ground.attributes:
                yield value
            else:
                self._found.lost[value["attribute"]] = None

    def _like(self, body: dict[str, Any], current: Body | None) -> dict[str, Any]:
        """A figure that a later edition repeats stays the figure of the edition that it came from."""
        for name in VALUES:
            key_of = KNOWN_BY[name]
            there = {key_of(value): value for value in (current or {}).get(name, ())}
            for value in body.get(name, ()):
                other = there.get(key_of(value), {})
                if {"observedOn": other.get("observedOn"), **value, "source": other.get("source")} == other:
                    value.update(other)
        _keep_sources(body, current or {})
        return body


def _fields_beside_values(current: Body | None) -> Body:
    """The fields that a source of figures alone leaves as they are."""
    return {name: value for name, value in (current or {}).items() if name not in VALUES}


def _keep_sources(body: dict[str, Any], current: Body) -> None:
    """So does a profile, and so do published relations."""
    mine, theirs = ([link["profile"]] if link.get("profile") else [] for link in (body, current))
    mine += body.get("relations", ())
    theirs += current.get("relations", ())
    for link in mine:
        for other in theirs:
            if {**link, "source": other["source"]} == other:
                link.update(other)
