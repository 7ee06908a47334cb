"""The desk as a few dictionaries: what the verbs should do to documents, drafts, versions and redirects."""

from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from itertools import combinations
from typing import Any, NamedTuple

from careergraph.store.documents.documents import Key

Body = dict[str, Any]

ACTOR = "editor"
"""Who calls a verb where a test names nobody."""
EPOCH = 1_000_000
"""A restore begins the next multiple of it, beyond all versions that there were."""
APPROVALS = {"collection": 1}
"""How many approvals drafts need, by their types."""


class Refused(Exception):
    """The model would not do it; it is as it was."""


Preview = tuple[tuple[int, int | None], ...]
"""The documents, by number, each with a revision in a pinned preview, and with None in one that follows."""


class Revised(NamedTuple):
    """A revision: the document's name then, its body, the version that published it, and when: those that are added at
    once have one instant."""

    key: Key
    body: Body | None
    version: int | None
    at: int


class Planned(NamedTuple):
    """A pending schedule that unpublishes a document, by number; whether its time has come, and whether it is held."""

    document: int
    due: bool
    on_hold: bool = False


class Standing(NamedTuple):
    """Who wrote on an open draft, who approved its present state, and whether it was handed in."""

    contributors: frozenset[str] = frozenset()
    approved: frozenset[str] = frozenset()
    review: bool = False


class Model:
    """The live documents, the drafts, the revisions of each document, and the versions of the catalog. A document is a
    number; the last one of a name is the one that is meant by it."""

    def __init__(self, live: dict[Key, Body]) -> None:
        self.live = deepcopy(live)
        self.drafts: dict[Key, int] = {}
        self.standing: dict[Key, Standing] = {}
        self.archived: set[Key] = set()
        self.revisions: list[list[Revised]] = [[Revised(key, body, 1, 0)] for key, body in live.items()]
        self.named: dict[Key, list[int]] = {key: [document] for document, key in enumerate(live)}
        self.instant = 0
        self.versions = {1: deepcopy(live)}
        self.previews: list[Preview] = []
        self.redirects: dict[Key, str] = {}
        self.redirects_of: dict[int, dict[Key, str]] = {}
        self.schedules: dict[int, Planned] = {}
        self.loaded = {(document, 1) for document in range(len(live))}

    @property
    def version(self) -> int:
        return max(self.versions)

    def done(self) -> tuple[object, ...]:
        """How much was done: another backup of just as much would be the same."""
        return len(self.versions), sum(map(len, self.revisions)), self.schedules, self.archived

    def restored(self, last: int) -> "Model":
        """The model as it is once a backup of it took the place of a catalog whose newest version was `last`: with a
        version that nobody saw before, and with what is overdue held."""
        fresh = deepcopy(self)
        fresh.versions[(max(self.version, last) // EPOCH + 1) * EPOCH] = deepcopy(self.live)
        fresh.schedules = {number: it._replace(on_hold=it.on_hold or it.due) for number, it in self.schedules.items()}
        return fresh

    def plan(self, number: int, key: Key, *, due: bool) -> None:
        self.schedules[number] = Planned(self.named[key][-1], due)

    def confirm(self, number: int) -> None:
        if number not in self.schedules or not self.schedules[number].on_hold:
            raise Refused
        self.schedules[number] = self.schedules[number]._replace(on_hold=False)

    def cancel(self, number: int) -> None:
        if self.schedules.pop(number, None) is None:
            raise Refused

    def carry_out(self) -> dict[int, bool]:
        """Does what is due and not held, in order. Whether each could be done."""
        done: dict[int, bool] = {}
        while runnable := [number for number, it in self.schedules.items() if it.due and not it.on_hold]:
            number = min(runnable)
            key = self._name(self.schedules.pop(number).document)
            try:
                self._take_down([key])
            except Refused:
                done[number] = False
            else:
                done[number] = True
        return done

    def body(self, key: Key, number: int | None) -> Body | None:
        return None if number is None else self.history(key)[number - 1].body

    def history(self, key: Key) -> list[Revised]:
        documents = self.named.get(key)
        return self.revisions[documents[-1]] if documents else []

    def number_at(self, key: Key, version: int) -> int | None:
        """The revision of a document that was live at a version, under whatever name."""
        numbers = [number for number, it in enumerate(self.history(key), 1) if it.version and it.version <= version]
        return numbers[-1] if numbers and self.body(key, numbers[-1]) is not None else None

    def draft(self, key: Key) -> Body:
        body = self.body(key, self.drafts[key])
        assert body is not None
        return body

    def titles(self) -> dict[Key, str]:
        """What present documents are called, in the newest state; without those whose newest state is a removal."""
        bodies = {key: self.body(key, self.newest(key)) for key in self.named if self.present(key)}
        return {key: (body.get("title") or body["name"])["en"] for key, body in bodies.items() if body is not None}

    def published(self, key: Key) -> int:
        return max((number for number, it in enumerate(self.history(key), 1) if it.version is not None), default=0)

    def newest(self, key: Key) -> int | None:
        return max(self.drafts.get(key, 0), self.published(key)) or None

    def present(self, key: Key) -> bool:
        return key in self.live or key in self.drafts or key in self.archived

    def stale(self, key: Key) -> bool:
        return key in self.drafts and self.published(key) > self.drafts[key]

    def see(self, key: Key, base: int) -> None:
        """The newest state is the one that the actor saw, under whatever number."""
        newest = self.newest(key)
        if newest is not None and base != newest and self.body(key, base) != self.body(key, newest):
            raise Refused

    def hand_in(self, key: Key, base: int) -> None:
        """A draft may refer to what is live, or drafted too."""
        self._require_draft(key, base)
        named = targets(self.draft(key))
        if len(set(named)) < len(named) or not all(it in self.live or it in self.drafts for it in named):
            raise Refused
        self.standing[key] = self.standing[key]._replace(review=True)

    def send_back(self, key: Key, base: int) -> None:
        self._require_draft(key, base)
        if not self.standing[key].review:
            raise Refused
        self.standing[key] = self.standing[key]._replace(review=False, approved=frozenset())

    def approve(self, key: Key, base: int, actor: str) -> None:
        self._require_draft(key, base)
        standing = self.standing[key]
        if actor in standing.contributors:
            raise Refused
        self.standing[key] = standing._replace(approved=standing.approved | {actor})

    def _require_draft(self, key: Key, base: int) -> None:
        if key not in self.drafts:
            raise Refused
        self.see(key, base)

    def save(self, key: Key, body: Body, base: int | None, actor: str = ACTOR) -> None:
        newest = self.newest(key)
        if base != newest and self.body(key, base) != self.body(key, newest):
            raise Refused
        self._write(key, body, actor, anew=base is None)

    def revert(self, key: Key, number: int | None, base: int) -> None:
        self.see(key, base)
        if number is None or (body := self.body(key, number)) is None:
            raise Refused
        at = self.history(key)[number - 1].at
        names = {it: self._name_since(it, at) for it in targets(body)}
        fresh = referring_all({**body, "slug": key[1]}, names)
        if len(set(targets(fresh))) < len(targets(fresh)):
            raise Refused
        self._write(key, fresh)

    def _name_since(self, key: Key, at: int) -> str:
        """What the document is called now that had a name at an instant."""
        pairs = [(revised, document) for document, its in enumerate(self.revisions) for revised in its]
        those = [(revised.at, document) for revised, document in pairs if revised.key == key and revised.at <= at]
        if not those:
            return self.redirects.get(key, key[1]) if not self.present(key) else key[1]
        document = max(those)[1]
        now = next(it for it, documents in self.named.items() if document in documents)
        if self.named[now][-1] == document and self.present(now):
            return now[1]
        if not self.present(key):
            raise Refused
        return key[1]

    def give_out(self, bases: dict[Key, int], *, pinned: bool) -> None:
        for key, base in bases.items():
            self.see(key, base)
        self.previews.append(tuple((self.named[key][-1], self.drafts[key] if pinned else None) for key in bases))

    def drafted(self, preview: Preview) -> dict[Key, Body]:
        """The documents that a preview lays over what is live, under the names that they have now: pinned revisions of
        documents, or their open drafts."""
        drafted: dict[Key, Body] = {}
        for document, pinned in sorted(preview, key=lambda it: (self._is_present(it[0]), it[0])):
            name = self._name(document)
            number = pinned or (self.drafts.get(name) if self._is_present(document) else None)
            if number is None:
                continue
            revised = self.revisions[document][number - 1]
            assert revised.body is not None
            fresh = {**revised.body, "slug": name[1]}
            with suppress(Refused):
                fresh = referring_all(fresh, {it: self._name_since(it, revised.at) for it in targets(fresh)})
            drafted[name] = fresh
        return drafted

    def _name(self, document: int) -> Key:
        return next(key for key, documents in self.named.items() if document in documents)

    def _is_present(self, document: int) -> bool:
        name = self._name(document)
        return self.named[name][-1] == document and self.present(name)

    def over(self, drafted: dict[Key, Body]) -> dict[Key, Body]:
        return {**self.live, **drafted}

    def sound(self, drafted: dict[Key, Body]) -> bool:
        """All that is referred to is there, and once in each list, though a rename may make one of two."""
        after = self.over(drafted)
        named = [targets(body) for body in after.values()]
        return all(len(set(it)) == len(it) and after.keys() >= set(it) for it in named)

    def newer(self, preview: Preview) -> set[Key]:
        pinned = self.drafted(tuple(it for it in preview if it[1] is not None))
        named = [(self._name(document), document, number) for document, number in preview]
        theirs = {name: number for name, document, number in named if self.named[name][-1] == document}
        newest = {key: number for key in pinned if key in theirs and (number := self.newest(key)) is not None}
        newer = {key: self.body(key, number) for key, number in newest.items() if number != theirs[key]}
        return {key for key, body in newer.items() if body != pinned[key]}

    def discard(self, key: Key, base: int) -> None:
        if key not in self.drafts:
            raise Refused
        self.see(key, base)
        self._close(key)

    def publish(self, bases: dict[Key, int], locale: str | None = None, *, other: bool = False) -> None:
        """Everything, or the texts in one locale alone, or (`other`) everything but those."""
        if any(key not in self.drafts or self.stale(key) for key in bases):
            raise Refused
        for key, base in bases.items():
            self.see(key, base)
        if locale is not None and any(key not in self.live and (locale == "en" or not other) for key in bases):
            raise Refused
        drafts = {key: self.draft(key) for key in bases}
        parts = {key: self._part(key, body, locale, other=other) for key, body in drafts.items()}
        going = {key: body for key, body in parts.items() if body == drafts[key] or body != self.live.get(key)}
        if any(len(self.standing[key].approved) < APPROVALS.get(key[0], 0) for key in going):
            raise Refused
        self._go_live(dict(going))
        for key, body in going.items():
            kept = self.standing[key]
            self._close(key)
            if body != drafts[key]:
                self._append(key, drafts[key], kept=kept, actor=None)

    def _part(self, key: Key, draft: Body, locale: str | None, *, other: bool) -> Body:
        """The draft, with the texts of one locale from it alone, or from what is live."""
        if locale is None:
            return draft
        live = self.live.get(key, {})
        base, texts = (draft, live) if other else (live, draft)
        fresh = {name: field for name, field in base.items() if not isinstance(field, dict)}
        for name in [it for it in (*draft, *live) if isinstance({**live, **draft}[it], dict)]:
            field, own = base.get(name, {}), texts.get(name, {})
            text = {code: word for code, word in field.items() if code != locale}
            text |= {locale: own[locale]} if locale in own else {}
            fresh[name] = text
        return fresh

    def unpublish(self, bases: dict[Key, int]) -> None:
        for key, base in bases.items():
            if key not in self.live:
                raise Refused
            self.see(key, base)
        self._take_down(list(bases))

    def _take_down(self, keys: list[Key]) -> None:
        if any(key not in self.live for key in keys):
            raise Refused
        bodies = {it: self.draft(it) if it in self.drafts and not self.stale(it) else self.live[it] for it in keys}
        kept = {it: self.standing[it] for it in keys if it in self.drafts and not self.stale(it)}
        self._go_live(dict.fromkeys(keys))
        for key, body in bodies.items():
            self._close(key)
            self._append(key, body, kept=kept.get(key))
            self._call_off(key)

    def _call_off(self, key: Key) -> None:
        gone = self.named[key][-1]
        self.schedules = {number: it for number, it in self.schedules.items() if it.document != gone}

    def archive(self, bases: dict[Key, int]) -> None:
        for key, base in bases.items():
            if not self.present(key):
                raise Refused
            self.see(key, base)
        self._go_live({key: None for key in bases if key in self.live})
        for key in bases:
            self._close(key)
            self._call_off(key)
            self.archived.add(key)

    def bulk(self, verb: Callable[["Model", dict[Key, int]], object], bases: dict[Key, int], partly: bool) -> set[Key]:
        """Does a verb on all documents, or (`partly`) on the most that it can be done on at once. The others."""
        for size in range(len(bases), 0, -1) if partly else [len(bases)]:
            for some in combinations(bases, size):
                trial = deepcopy(self)
                try:
                    verb(trial, {key: bases[key] for key in some})
                except Refused:
                    continue
                vars(self).update(vars(trial))
                return bases.keys() - some
        return set(bases)

    def rename(self, key: Key, new: str, base: int) -> None:
        fresh = (key[0], new)
        if self.present(key):
            self.see(key, base)
        if not self.present(key) or self.present(fresh) or (key in self.archived and key not in self.live):
            raise Refused
        moved = {it: self.draft(it) for it in self.drafts if it == key or refers(self.draft(it), key)}
        if any(self.stale(it) for it in moved):
            raise Refused
        was_live = key in self.live
        self.named.setdefault(fresh, []).append(self.named[key].pop())
        changes = {it: referring(body, key, new) for it, body in self.live.items() if refers(body, key)}
        if was_live:
            changes |= {fresh: {**self.live[key], "slug": new}, key: None}  # type: ignore[dict-item]
        if changes:
            self._go_live(changes, renamed=key)  # type: ignore[arg-type]
        for moved_key, body in sorted(moved.items(), key=lambda it: (it[0] != key, it[0])):
            kept = self.standing[moved_key]
            self._close(moved_key)
            self._append(
                fresh if moved_key == key else moved_key,
                referring({**body, "slug": new} if moved_key == key else body, key, new),
                kept=kept,
            )
        if was_live:
            self.redirects = {it: new if (it[0], to) == key else to for it, to in self.redirects.items()}
            self.redirects.pop(fresh, None)
            self.redirects[key] = new

    def replace(self, old: Key, new: str, bases: dict[Key, int]) -> None:
        """Lets everything that refers to a document refer to another one, once in a list."""
        live = {key for key, body in self.live.items() if refers(body, old)}
        drafted = {key for key in self.drafts if refers(self.draft(key), old)}
        fresh = (old[0], new)
        if old == fresh or not self.present(fresh) or not live | drafted or (live and fresh not in self.live):
            raise Refused
        if any(key[0] in APPROVALS for key in live):
            raise Refused
        if bases.keys() != live | drafted or any(self.stale(key) for key in bases):
            raise Refused
        for key, base in bases.items():
            self.see(key, base)
        drafts = {key: self.draft(key) for key in bases if key in self.drafts}
        self._go_live({key: once(referring(self.live[key], old, new)) for key in live})
        for key, body in drafts.items():
            kept = self.standing[key]._replace(approved=frozenset())
            self._close(key)
            self._append(key, once(referring(body, old, new)), kept=kept)

    def load(self, key: Key, body: Body, *, allowed: bool) -> None:
        """Publishes a file under the present name of its document. It undoes what editors did only where it is told to,
        and an open draft stays unless it says the same."""
        names = dict(self.redirects)
        key = (key[0], names.get(key, key[1]))
        body = referring_all({**body, "slug": key[1]}, names)
        if len(set(targets(body))) < len(targets(body)):
            raise Refused
        if self.live.get(key) == body:
            return
        if not allowed and self._would_undo(key):
            raise Refused
        self._go_live({key: body})
        self.loaded.add((self.named[key][-1], len(self.history(key))))
        if key in self.drafts and self.draft(key) == body:
            self._close(key)
        self.archived.discard(key)

    def _would_undo(self, key: Key) -> bool:
        """Whether somebody archived or unpublished a document, or published it otherwise than by a file."""
        if key in self.live:
            return (self.named[key][-1], self.published(key)) not in self.loaded
        return key in self.archived or self.published(key) > 0

    def _write(self, key: Key, body: Body, actor: str = ACTOR, *, anew: bool = False) -> None:
        newest = self.newest(key)
        if newest is None or self.body(key, newest) != body:
            self._append(key, body, actor, anew=anew)
            self.archived.discard(key)

    def _close(self, key: Key) -> None:
        self.drafts.pop(key, None)
        self.standing.pop(key, None)

    def _append(
        self, key: Key, body: Body, actor: str | None = ACTOR, *, anew: bool = False, kept: Standing | None = None
    ) -> None:
        """Opens a draft. One that is `kept` stays in review, and approved."""
        before = kept or self.standing.get(key, Standing())
        contributors = before.contributors | ({actor} if actor else set())
        self.standing[key] = Standing(contributors) if kept is None else kept._replace(contributors=contributors)
        self.instant += 1
        self._revise(key, body, None, anew=anew)
        self.drafts[key] = len(self.history(key))

    def _revise(self, key: Key, body: Body | None, version: int | None, *, anew: bool = False) -> None:
        if not self.named.get(key) or (anew and not self.present(key)):
            self.named.setdefault(key, []).append(len(self.revisions))
            self.revisions.append([])
        self.history(key).append(Revised(key, deepcopy(body), version, self.instant))

    def _go_live(self, changes: dict[Key, Body | None], renamed: Key | None = None) -> None:
        after = {**self.live, **{key: body for key, body in changes.items() if body is not None}}
        after = {key: body for key, body in after.items() if changes.get(key, body) is not None}
        if not all(target in after for body in after.values() for target in targets(body)):
            raise Refused
        if after == self.live:
            return
        self.instant += 1
        for key in self.live.keys() | after.keys():
            if self.live.get(key) != after.get(key):
                if key != renamed:
                    self._revise(key, after.get(key), self.version + 1)
                if key not in self.live:
                    self.redirects.pop(key, None)
        self.live = after
        self.versions[self.version + 1] = deepcopy(after)


def targets(body: Body) -> list[Key]:
    """The documents that a document of the model refers to."""
    categories = [("category", body["category"])] if "category" in body else []
    return [*categories, *[("career", slug) for slug in body.get("careers", ())]]


def refers(body: Body, key: Key) -> bool:
    return key in targets(body)


def once(body: Body) -> Body:
    """The same document, with each career of a collection once."""
    return {**body, "careers": list(dict.fromkeys(body["careers"]))} if "careers" in body else body


def referring(body: Body, key: Key, new: str) -> Body:
    """The same document, with references to a key leading to its new name."""
    return referring_all(body, {key: new})


def referring_all(body: Body, names: dict[Key, str]) -> Body:
    """The same document, with references to keys leading to their new names."""
    fresh = deepcopy(body)
    if "category" in fresh:
        fresh["category"] = names.get(("category", fresh["category"]), fresh["category"])
    if "careers" in fresh:
        fresh["careers"] = [names.get(("career", slug), slug) for slug in fresh["careers"]]
    return fresh
