"""Change: the argument of hooks, and the exception by which they refuse it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedDocument:
    """A document of a change. `document` is its new content before it is saved or published, as plain JSON; None for
    one that is removed, and after the change. `detail` is that of the audit log, after the change. `address` is the
    address for editing it, empty without the setting `document_url`."""

    type: str
    slug: str
    document: Mapping[str, Any] | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A verb of an actor on documents, before or after it is done: one of the audit log, such as `save-draft` or
    `publish`. `detail` is that of the audit log, for a verb on no document."""

    verb: str
    actor: str
    documents: tuple[ChangedDocument, ...] = ()
    note: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


Hook = Callable[[Change], object]
"""A function of the host's, which may be async."""


class HookRefusal(Exception):
    """Raise it in `before_save` or `before_publish` to refuse a change. Editors read the message, and `path` as the
    field at fault, such as `title.en`; `slug` and `type` say which document, where there are several."""

    def __init__(self, message: str, *, path: str = "", type: str | None = None, slug: str | None = None) -> None:
        super().__init__(message)
        self.message, self.path, self.type, self.slug = message, path, type, slug
