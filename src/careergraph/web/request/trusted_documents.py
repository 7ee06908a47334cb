"""TrustedDocuments: the documents of manifests, as the tools of clients write them, by their ids and by their texts."""

import os
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn

import msgspec

from careergraph.web.core.config import ConfigProblem

_PREFIX = "sha256:"
_HASH = re.compile(r"[0-9a-f]{64}")
_LONGEST_ID = 256


class TrustedDocuments:
    """The documents that a server answers, and no others."""

    def __init__(self, paths: str) -> None:
        """Read the manifests of `paths`, which has `os.pathsep` between them. Raises ConfigProblem."""
        self._by_id: dict[str, str] = {}
        for path in filter(None, paths.split(os.pathsep)):
            for name, text in read_manifest(path).items():
                if self._by_id.setdefault(name, text) != text:
                    _refuse(path, name, "another manifest has another text under this id")
        self._texts = frozenset(self._by_id.values())

    def find(self, query: str | None, name: str | None) -> str | None:
        """The document of a request, by its text if there is one, and by its id otherwise; None for any other."""
        if query:
            return query if query in self._texts else None
        return None if name is None else self._by_id.get(name)


def bare(name: str) -> str:
    """An id as it is looked up: GraphQL over HTTP writes `sha256:` in front of a SHA-256, Apollo does not."""
    digits = name.removeprefix(_PREFIX)
    return digits if _HASH.fullmatch(digits) else name


def read_manifest(path: str) -> dict[str, str]:
    """The documents of a file by their bare ids: an object of ids and texts, as GraphQL Code Generator and Relay write
    it, or Apollo's manifest, with `operations`. A SHA-256 must be that of its text; any other id is taken as it is.

    Raises ConfigProblem, with the entry and the reason.
    """
    try:
        manifest = msgspec.json.decode(Path(path).read_bytes())
    except OSError as problem:
        raise ConfigProblem(f"trusted_documents: {path} cannot be read: {problem.strerror}") from None
    except (msgspec.DecodeError, UnicodeError) as problem:
        raise ConfigProblem(f"trusted_documents: {path} is not JSON: {problem}") from None
    if not isinstance(manifest, dict):
        raise ConfigProblem(f"trusted_documents: {path} holds no object of ids and documents")
    documents: dict[str, str] = {}
    for name, text in _entries(path, manifest):
        _check(path, name, text)
        if documents.setdefault(bare(name), text) != text:
            _refuse(path, name, "the id stands there twice, with two texts")
    if not documents:
        raise ConfigProblem(f"trusted_documents: {path} has no documents, so that nothing could be answered")
    return documents


def _entries(path: str, manifest: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the ids and the texts of a manifest."""
    operations = manifest.get("operations")
    if not isinstance(operations, list):
        yield from manifest.items()
        return
    for number, entry in enumerate(operations, 1):
        if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
            _refuse(path, f"operation {number}", "an operation is an object with an id and a body, both strings")
        yield entry["id"], entry.get("body")


def _check(path: str, name: str, text: object) -> None:
    if not 0 < len(name) <= _LONGEST_ID:
        _refuse(path, name, f"an id has 1 to {_LONGEST_ID} characters")
    if not isinstance(text, str) or not text.strip():
        _refuse(path, name, "a document is the text of a GraphQL document")
    digits = bare(name)
    if name.startswith(_PREFIX) and not _HASH.fullmatch(digits):
        _refuse(path, name, f"{_PREFIX} needs 64 hexadecimal digits of lower case behind it")
    if _HASH.fullmatch(digits) and (right := sha256(text.encode("utf-8", "surrogatepass")).hexdigest()) != digits:
        _refuse(path, name, f"the SHA-256 of its text is {right}")


def _refuse(path: str, name: str, why: str) -> NoReturn:
    raise ConfigProblem(f"trusted_documents: {path} has an entry {name[:80]!r}: {why}")
