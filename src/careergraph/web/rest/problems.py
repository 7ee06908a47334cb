"""Problems: errors in the form of RFC 9457, with the codes of the GraphQL API."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import msgspec

from careergraph.api.base.codes import GraphQLCode
from careergraph.engine.errors import Code
from careergraph.web.core.codes import WebCode
from careergraph.web.response.response import NO_STORE, NOSNIFF, VARY, RawResponse, raw_headers

MEDIA_TYPE = "application/problem+json"

NOT_FOUND = frozenset((Code.UNKNOWN_CAREER, Code.UNKNOWN_SKILL, Code.UNKNOWN_CATEGORY, Code.UNKNOWN_COLLECTION))
"""The codes of addresses that name nothing."""


def problem_response(
    status: int, message: str, extensions: Mapping[str, Any], headers: Mapping[str, str] | None = None
) -> RawResponse:
    """The response to a request that failed. `extensions` are those of a GraphQL error, with its `code`."""
    content = msgspec.json.encode(
        {
            "type": f"urn:careergraph:problem:{extensions['code']}",
            "title": HTTPStatus(status).phrase,
            "status": status,
            "detail": message,
            **extensions,
        }
    )
    fixed = [
        (b"content-type", MEDIA_TYPE.encode()),
        (b"content-length", b"%d" % len(content)),
        (b"cache-control", NO_STORE),
        VARY,
        NOSNIFF,
    ]
    return RawResponse(status, [*fixed, *raw_headers(headers or {})], content)


def status_of(code: str, *, addressed: bool) -> HTTPStatus:
    """The status of an operation that failed with a code: 404 where the address of a thing names nothing."""
    if code == GraphQLCode.INTERNAL_ERROR:
        return HTTPStatus.INTERNAL_SERVER_ERROR
    if code in NOT_FOUND and addressed:
        return HTTPStatus.NOT_FOUND
    return WebCode[code].status if code in WebCode.__members__ else HTTPStatus.BAD_REQUEST
