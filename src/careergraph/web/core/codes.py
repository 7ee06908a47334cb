"""The refusals of the web layer, beside those of GraphQL and the engine: one code each, with its HTTP status."""

from collections.abc import Mapping
from enum import StrEnum
from http import HTTPStatus
from types import MappingProxyType


class WebCode(StrEnum):
    """Every code that refuses a request before it is GraphQL. The docstring under each is its documentation."""

    BAD_REQUEST = "BAD_REQUEST"
    """The request is no GraphQL request: broken JSON or text, a parameter missing or of the wrong type."""
    BODY_TOO_LARGE = "BODY_TOO_LARGE"
    """The body is larger than the server reads; `maximum` says how many bytes it reads."""
    BODY_TIMEOUT = "BODY_TIMEOUT"
    """The body did not arrive in time."""
    UNSUPPORTED_MEDIA_TYPE = "UNSUPPORTED_MEDIA_TYPE"
    """A POST needs `Content-Type: application/json`, in UTF-8 and not compressed."""
    NOT_ACCEPTABLE = "NOT_ACCEPTABLE"
    """The `Accept` header allows neither `application/graphql-response+json` nor `application/json`; for a
    subscription, it does not name `text/event-stream`. Or `Accept-Encoding` refuses an answer as it is and in each
    coding that there is."""
    METHOD_NOT_ALLOWED = "METHOD_NOT_ALLOWED"
    """The address does not answer this method, or a mutation came over GET; `Allow` lists what is answered."""
    CROSS_SITE = "CROSS_SITE"
    """A browser sent the GET for another site's page, without a header that page would have needed leave for."""
    HOST_NOT_ALLOWED = "HOST_NOT_ALLOWED"
    """The request is for a host that this server does not answer for; the setting `allowed_hosts` says for which it
    does."""
    UNAUTHENTICATED = "UNAUTHENTICATED"
    """The access token is unknown, expired or revoked; or nobody is signed in who could do this."""
    BAD_PREVIEW = "BAD_PREVIEW"
    """The preview token is unknown, expired or revoked, or what it shows cannot be shown any longer."""
    NOT_FOUND = "NOT_FOUND"
    """Nothing is served at this address."""
    NOT_READY = "NOT_READY"
    """The catalog cannot be read yet, or the database not now; try again after `Retry-After` seconds."""
    OVERLOADED = "OVERLOADED"
    """More requests wait than the server keeps waiting; try again after `Retry-After` seconds."""
    TIMEOUT = "TIMEOUT"
    """The answer took longer than a request may take; try again after `Retry-After` seconds."""
    OPERATION_BUDGET = "OPERATION_BUDGET"
    """The operation came to more work than any may: `resource` says whether it ran out of `objects`, `bytes` or
    `time`. Ask for less at once."""
    RATE_LIMITED = "RATE_LIMITED"
    """More cost was requested than is allowed in a minute; try again after `Retry-After` seconds."""
    PERSISTED_QUERY_NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND"
    """The request names a query by its hash only, and the server does not know it; send it once with the query."""
    PERSISTED_QUERY_NOT_SUPPORTED = "PERSISTED_QUERY_NOT_SUPPORTED"
    """The request names a query by its hash only, which this server has turned off; send the query itself."""
    PERSISTED_QUERY_MISMATCH = "PERSISTED_QUERY_MISMATCH"
    """The hash that was sent with the query is not the query's SHA-256 in hexadecimal digits."""
    SUBSCRIPTIONS_OFF = "SUBSCRIPTIONS_OFF"
    """The server has turned subscriptions off."""
    UNTRUSTED_DOCUMENT = "UNTRUSTED_DOCUMENT"
    """The server answers only the operations of its manifest, and this is none of them."""


STATUS: Mapping[WebCode, HTTPStatus] = MappingProxyType(
    {
        WebCode.BAD_REQUEST: HTTPStatus.BAD_REQUEST,
        WebCode.BODY_TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        WebCode.BODY_TIMEOUT: HTTPStatus.REQUEST_TIMEOUT,
        WebCode.UNSUPPORTED_MEDIA_TYPE: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        WebCode.NOT_ACCEPTABLE: HTTPStatus.NOT_ACCEPTABLE,
        WebCode.METHOD_NOT_ALLOWED: HTTPStatus.METHOD_NOT_ALLOWED,
        WebCode.CROSS_SITE: HTTPStatus.FORBIDDEN,
        WebCode.HOST_NOT_ALLOWED: HTTPStatus.MISDIRECTED_REQUEST,
        WebCode.UNAUTHENTICATED: HTTPStatus.UNAUTHORIZED,
        WebCode.BAD_PREVIEW: HTTPStatus.FORBIDDEN,
        WebCode.NOT_FOUND: HTTPStatus.NOT_FOUND,
        WebCode.NOT_READY: HTTPStatus.SERVICE_UNAVAILABLE,
        WebCode.OVERLOADED: HTTPStatus.SERVICE_UNAVAILABLE,
        WebCode.TIMEOUT: HTTPStatus.SERVICE_UNAVAILABLE,
        WebCode.OPERATION_BUDGET: HTTPStatus.SERVICE_UNAVAILABLE,
        WebCode.RATE_LIMITED: HTTPStatus.TOO_MANY_REQUESTS,
        WebCode.PERSISTED_QUERY_NOT_FOUND: HTTPStatus.OK,  # what clients expect before they send the query
        WebCode.PERSISTED_QUERY_NOT_SUPPORTED: HTTPStatus.BAD_REQUEST,
        WebCode.PERSISTED_QUERY_MISMATCH: HTTPStatus.BAD_REQUEST,
        WebCode.SUBSCRIPTIONS_OFF: HTTPStatus.FORBIDDEN,
        WebCode.UNTRUSTED_DOCUMENT: HTTPStatus.FORBIDDEN,
    }
)
"""The HTTP status that each code is answered with, whatever the media type."""


class Refusal(Exception):
    """A request that the web layer does not answer, and why. `message` is safe to show."""

    def __init__(
        self, code: WebCode, message: str, *, headers: Mapping[str, str] | None = None, **extensions: object
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.headers: Mapping[str, str] = MappingProxyType(dict(headers or {}))
        self.extensions: Mapping[str, object] = MappingProxyType(extensions)

    @property
    def status(self) -> HTTPStatus:
        """The HTTP status of the code."""
        return STATUS[self.code]

    def formatted(self) -> dict[str, object]:
        """The refusal as an entry of `errors`."""
        return {"message": self.message, "extensions": {"code": self.code, **self.extensions}}
