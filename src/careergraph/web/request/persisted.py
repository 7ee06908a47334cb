"""PersistedDocuments: documents by their hash, from earlier requests or from a manifest."""

import re
from collections import OrderedDict
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.core.config import Config, ConfigProblem
from careergraph.web.request.parameters import Parameters

_HASH = re.compile(r"[0-9a-f]{64}")


class PersistedDocuments:
    """Finds the documents that requests name by their SHA-256."""

    def __init__(self, config: Config) -> None:
        self._on = config.graphql.persisted_queries
        self._most = config.cache.documents_kept
        self._most_length = config.cache.documents_bytes
        self._sent: OrderedDict[str, str] = OrderedDict()
        self._length = 0
        self._trusted = load_manifest(config.graphql.trusted_documents) if config.graphql.trusted_documents else None

    def text(self, parameters: Parameters) -> str:
        """The document of a request, by its text or its hash. Raises Refusal."""
        name = _hash_of(parameters)
        if self._trusted is not None:
            return self._trusted_text(parameters.query, name)
        if parameters.query:
            if name is not None and self._on and sha256(parameters.query.encode()).hexdigest() != name:
                raise Refusal(WebCode.PERSISTED_QUERY_MISMATCH, "The hash is not that of the query.")
            return parameters.query
        if name is None:
            raise Refusal(WebCode.BAD_REQUEST, "The parameter query is missing or empty.")
        if not self._on:
            # clients look for these very texts, here and below, before they send the query itself
            raise Refusal(WebCode.PERSISTED_QUERY_NOT_SUPPORTED, "PersistedQueryNotSupported")
        if name not in self._sent:
            raise Refusal(WebCode.PERSISTED_QUERY_NOT_FOUND, "PersistedQueryNotFound")
        self._sent.move_to_end(name)
        return self._sent[name]

    def remember(self, parameters: Parameters) -> None:
        """Remember a valid document, if its client will name it by its hash from now on."""
        name = _hash_of(parameters)
        if name is None or not parameters.query or not self._on or self._trusted is not None or name in self._sent:
            return
        self._sent[name] = parameters.query
        self._length += len(parameters.query)
        while len(self._sent) > self._most or self._length > self._most_length:
            _, dropped = self._sent.popitem(last=False)
            self._length -= len(dropped)

    def _trusted_text(self, query: str | None, name: str | None) -> str:
        name = sha256(query.encode()).hexdigest() if query else name
        text = None if name is None or self._trusted is None else self._trusted.get(name)
        if text is None:
            raise Refusal(WebCode.UNTRUSTED_DOCUMENT, "This server answers only the operations of its manifest.")
        return text


def load_manifest(path: str) -> MappingProxyType[str, str]:
    """The documents of a manifest by their SHA-256: a map of hashes to texts, or Apollo's format with `operations`.

    Raises ConfigProblem for an unreadable file, and for a wrong hash.
    """
    try:
        manifest = msgspec.json.decode(Path(path).read_bytes(), type=dict[str, Any])
        documents = (
            {operation["id"]: operation["body"] for operation in manifest["operations"]}
            if "operations" in manifest
            else dict(manifest)
        )
        wrong = [name for name, text in documents.items() if sha256(text.encode()).hexdigest() != name]
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as problem:
        raise ConfigProblem(f"trusted_documents cannot be read: {type(problem).__name__}") from None
    if not documents:
        raise ConfigProblem("trusted_documents has no documents, so that nothing could be answered")
    if wrong:
        raise ConfigProblem(f"trusted_documents has a document whose hash is not {str(wrong[0])[:64]!r}")
    return MappingProxyType(documents)


def _hash_of(parameters: Parameters) -> str | None:
    """The hash by which a request names its document, in either way that clients use. Raises Refusal."""
    if parameters.document_id is not None:
        return parameters.document_id.removeprefix("sha256:")
    persisted: Any = (parameters.extensions or {}).get("persistedQuery")
    if persisted is None:
        return None
    name = persisted.get("sha256Hash") if isinstance(persisted, dict) else None
    if not isinstance(name, str) or persisted.get("version") != 1:
        raise Refusal(WebCode.BAD_REQUEST, "extensions.persistedQuery needs version 1 and a sha256Hash.")
    if not _HASH.fullmatch(name):
        raise Refusal(WebCode.BAD_REQUEST, "sha256Hash is not a SHA-256 in 64 hexadecimal digits of lower case.")
    return name
