"""The desk as a few dictionaries: what the verbs should do to documents, drafts, versions and redirects."""

from copy import deepcopy
from typing import Any

from careergraph.editorial.content.document_index import Key

Body = dict[str, Any]


class Refused(Exception):
    """The model would not do it; it is as it was."""


class Model:
    """The live documents, the drafts, the revisions of each document, and the versions of the catalog."""

    def __init__(self, live: dict[Key, Body]) -> None:
        self.live = deepcopy(live)
        self.drafts: dict[Key, int] = {}
        self.archived: set[Key] = set()
        self.revisions: dict[Key, list[tuple[Body | None, bool]]] = {key: [(body, True)] for key, body in live.items()}
        self.versions = [deepcopy(live)]
        self.redirects: dict[Key, str] = {}
        self.redirects_of: dict[int, dict[Key, str]] = {}

    def body(self, key: Key, number: int | None) -> Body | None:
        return None if number is None else self.revisions[key][number - 1][0]

    def draft(self, key: Key) -> Body:
        body = self.body(key, self.drafts[key])
        assert body is not None
        return body

    def published(self, key: Key) -> int:
        revisions = self.revisions.get(key, [])
        return max((number for number, (_, published) in enumerate(revisions, 1) if published), default=0)

    def newest(self, key: Key) -> int | None:
        return max(self.drafts.get(key, 0), self.published(key)) or None

    def present(self, key: Key) -> bool:
        return key in self.live or key in self.drafts or key in self.archived

    def stale(self, key: Key) -> bool:
        return key in self.drafts and self.published(key) > self.drafts[key]

    def save(self, key: Key, body: Body, base: int | None) -> None:
        newest = self.newest(key)
        if base != newest and self.body(key, base) != self.body(key, newest):
            raise Refused
        self._write(key, body)

    def revert(self, key: Key, number: int) -> None:
        body = self.body(key, number)
        if body is None:
            raise Refused
        for (type_name, old), new in self.redirects.items():
            body = referring(body, (type_name, old), new)
        self._write(key, body)

    def discard(self, key: Key) -> None:
        if key not in self.drafts:
            raise Refused
        del self.drafts[key]

    def publish(self, keys: list[Key]) -> None:
        if any(key not in self.drafts or self.stale(key) for key in keys):
            raise Refused
        self._go_live({key: self.draft(key) for key in keys})
        for key in keys:
            del self.drafts[key]

    def unpublish(self, key: Key) -> None:
        if key not in self.live:
            raise Refused
        body = self.draft(key) if key in self.drafts and not self.stale(key) else self.live[key]
        self._go_live({key: None})
        self._append(key, body)

    def archive(self, key: Key) -> None:
        if not self.present(key):
            raise Refused
        if key in self.live:
            self._go_live({key: None})
        self.drafts.pop(key, None)
        self.archived.add(key)

    def rename(self, key: Key, new: str) -> None:
        fresh = (key[0], new)
        if not self.present(key) or self.present(fresh) or (key in self.archived and key not in self.live):
            raise Refused
        moved = {it: self.draft(it) for it in self.drafts if it == key or refers(self.draft(it), key)}
        if any(self.stale(it) for it in moved):
            raise Refused
        was_live = key in self.live
        changes = {it: referring(body, key, new) for it, body in self.live.items() if refers(body, key)}
        if was_live:
            changes |= {fresh: {**self.live[key], "slug": new}, key: None}  # type: ignore[dict-item]
        if changes:
            self._go_live(changes)  # type: ignore[arg-type]
        for moved_key, body in moved.items():
            del self.drafts[moved_key]
            self._append(
                fresh if moved_key == key else moved_key,
                referring({**body, "slug": new} if moved_key == key else body, key, new),
            )
        if was_live:
            self.redirects = {it: new if (it[0], to) == key else to for it, to in self.redirects.items()}
            self.redirects.pop(fresh, None)
            self.redirects[key] = new

    def load(self, key: Key, body: Body) -> None:
        """Publishes without a draft, as `careergraph load` does."""
        self._go_live({key: body})

    def _write(self, key: Key, body: Body) -> None:
        newest = self.newest(key)
        if newest is None or self.body(key, newest) != body:
            self._append(key, body)
            self.archived.discard(key)

    def _append(self, key: Key, body: Body) -> None:
        self.revisions.setdefault(key, []).append((deepcopy(body), False))
        self.drafts[key] = len(self.revisions[key])

    def _go_live(self, changes: dict[Key, Body | None]) -> None:
        after = {**self.live, **{key: body for key, body in changes.items() if body is not None}}
        after = {key: body for key, body in after.items() if changes.get(key, body) is not None}
        if not all(target in after for body in after.values() for target in targets(body)):
            raise Refused
        if after == self.live:
            return
        for key in self.live.keys() | after.keys():
            if self.live.get(key) != after.get(key):
                self.revisions.setdefault(key, []).append((deepcopy(after.get(key)), True))
                if key not in self.live:
                    self.redirects.pop(key, None)
        self.live = after
        self.versions.append(deepcopy(after))


def targets(body: Body) -> list[Key]:
    """The documents that a document of the model refers to."""
    categories = [("category", body["category"])] if "category" in body else []
    return [*categories, *[("career", slug) for slug in body.get("careers", ())]]


def refers(body: Body, key: Key) -> bool:
    return key in targets(body)


def referring(body: Body, key: Key, new: str) -> Body:
    """The same document, with references to a key leading to its new name."""
    fresh = deepcopy(body)
    if key[0] == "category" and fresh.get("category") == key[1]:
        fresh["category"] = new
    if key[0] == "career" and "careers" in fresh:
        fresh["careers"] = [new if slug == key[1] else slug for slug in fresh["careers"]]
    return fresh
