"""PersistedDocuments: documents by their hash, from earlier requests or from a manifest."""

import re
from collections import OrderedDict
from hashlib import sha256
from typing import Any

from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.core.config import Config
from careergraph.web.request.parameters import Parameters
from careergraph.web.request.trusted_documents import TrustedDocuments, bare

_HASH = re.compile(r"[0-9a-f]{64}")


class PersistedDocuments:
    """Finds the documents that requests name by their SHA-256."""

    def __init__(self, config: Config) -> None:
        self._on = config.graphql.persisted_queries
        self._most = config.cache.documents_kept
        self._most_length = config.cache.documents_bytes
        self._sent: OrderedDict[str, str] = OrderedDict()
        self._length = 0
        paths = config.graphql.trusted_documents
        self._trusted = TrustedDocuments(paths) if paths else None

    def text(self, parameters: Parameters) -> str:
        """The document of a request, by its text or its hash. Raises Refusal."""
        if self._trusted is not None:
            text = self._trusted.find(parameters.query, _id_of(parameters))
            if text is None:
                raise Refusal(WebCode.UNTRUSTED_DOCUMENT, "This server answers only the operations of its manifest.")
            return text
        name = _hash_of(parameters)
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
        if self._trusted is not None or not self._on or not parameters.query:
            return
        name = _hash_of(parameters)
        if name is None or name in self._sent:
            return
        self._sent[name] = parameters.query
        self._length += len(parameters.query)
        while len(self._sent) > self._most or self._length > self._most_length:
            _, dropped = self._sent.popitem(last=False)
            self._length -= len(dropped)


def _hash_of(parameters: Parameters) -> str | None:
    """The hash by which a request names its document; None without one. An id that is no hash is looked up only where
    the text is missing: nothing proves that it is the id of the text. Raises Refusal."""
    name = _id_of(parameters)
    if name is None or _HASH.fullmatch(name):
        return name
    if parameters.document_id is None and parameters.doc_id is None:
        raise Refusal(WebCode.BAD_REQUEST, "sha256Hash is not a SHA-256 in 64 hexadecimal digits of lower case.")
    return None if parameters.query else name


def _id_of(parameters: Parameters) -> str | None:
    """The id of a request's document, in each way that clients send it; None without one. Raises Refusal."""
    name = parameters.document_id or parameters.doc_id
    if name is None:
        persisted: Any = (parameters.extensions or {}).get("persistedQuery")
        if persisted is None:
            return None
        name = persisted.get("sha256Hash") if isinstance(persisted, dict) else None
        if not isinstance(name, str) or persisted.get("version") != 1:
            raise Refusal(WebCode.BAD_REQUEST, "extensions.persistedQuery needs version 1 and a sha256Hash.")
    return bare(name)
