"""The codes of requests that the web layer refuses, each with its HTTP status."""

from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Self

from careergraph.engine.described_enum import DescribedEnum


class WebCode(DescribedEnum):
    """The codes of requests that are refused before they are GraphQL, each with the status of its response."""

    status: HTTPStatus

    def __new__(cls, value: str, description: str, status: HTTPStatus) -> Self:
        """Make a member that equals its value; its description and its status are attributes."""
        member = str.__new__(cls, value)
        member._value_, member.description, member.status = value, description, status
        return member

    BAD_REQUEST = (
        "BAD_REQUEST",
        "The request is no GraphQL request: broken JSON or text, a parameter missing or of the wrong type.",
        HTTPStatus.BAD_REQUEST,
    )
    BODY_TOO_LARGE = (
        "BODY_TOO_LARGE",
        "The body is larger than the server reads; `maximum` says how many bytes it reads.",
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    )
    BODY_TIMEOUT = ("BODY_TIMEOUT", "The body did not arrive in time.", HTTPStatus.REQUEST_TIMEOUT)
    UNSUPPORTED_MEDIA_TYPE = (
        "UNSUPPORTED_MEDIA_TYPE",
        "A POST needs `Content-Type: application/json`, in UTF-8 and not compressed.",
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    )
    NOT_ACCEPTABLE = (
        "NOT_ACCEPTABLE",
        "The `Accept` header allows neither `application/graphql-response+json` nor `application/json`; for a "
        "subscription, it does not name `text/event-stream`. Or `Accept-Encoding` refuses every content coding, and a "
        "response without one.",
        HTTPStatus.NOT_ACCEPTABLE,
    )
    METHOD_NOT_ALLOWED = (
        "METHOD_NOT_ALLOWED",
        "The address does not answer this method, or a mutation came over GET; `Allow` lists the methods.",
        HTTPStatus.METHOD_NOT_ALLOWED,
    )
    CROSS_SITE = (
        "CROSS_SITE",
        "A browser sent the GET for another site's page, without a header that needs a preflight.",
        HTTPStatus.FORBIDDEN,
    )
    HOST_NOT_ALLOWED = (
        "HOST_NOT_ALLOWED",
        "The request is for a host that this server does not answer for; the setting `allowed_hosts` lists its hosts.",
        HTTPStatus.MISDIRECTED_REQUEST,
    )
    UNAUTHENTICATED = (
        "UNAUTHENTICATED",
        "The access token is unknown, expired or revoked; or nobody is signed in who could do this.",
        HTTPStatus.UNAUTHORIZED,
    )
    FORBIDDEN = ("FORBIDDEN", "The sender may not do this.", HTTPStatus.FORBIDDEN)
    BAD_UPLOAD = (
        "BAD_UPLOAD",
        "The uploaded file has a bad name, or is an archive that is not unpacked: it leads out of itself, is too large "
        "unpacked, holds too many files or links, or is damaged.",
        HTTPStatus.UNPROCESSABLE_ENTITY,
    )
    STORAGE_FULL = (
        "STORAGE_FULL",
        "The server has no room for the upload, as on its disk or beside the uploads that are kept; try again later.",
        HTTPStatus.INSUFFICIENT_STORAGE,
    )
    BAD_PREVIEW = (
        "BAD_PREVIEW",
        "The preview token is unknown, expired or revoked, or its content can no longer be shown.",
        HTTPStatus.FORBIDDEN,
    )
    BAD_IMAGE = (
        "BAD_IMAGE",
        "The body is no image that can be taken: a PNG, JPEG, WebP or AVIF, neither animated nor damaged, of at most "
        "40 megapixels. The message says why.",
        HTTPStatus.UNPROCESSABLE_ENTITY,
    )
    NO_MEDIA = (
        "NO_MEDIA",
        "The server keeps no images: the package Pillow is not installed, or `media_store` is not set. The message "
        "says which.",
        HTTPStatus.NOT_IMPLEMENTED,
    )
    NOT_FOUND = ("NOT_FOUND", "Nothing is served at this address.", HTTPStatus.NOT_FOUND)
    NOT_READY = (
        "NOT_READY",
        "The catalog cannot be read yet, or the database not now; try again after `Retry-After` seconds.",
        HTTPStatus.SERVICE_UNAVAILABLE,
    )
    NEWER_DATABASE = (
        "NEWER_DATABASE",
        "The database was upgraded for a later version than this server is of, which writes nothing to it.",
        HTTPStatus.SERVICE_UNAVAILABLE,
    )
    OVERLOADED = (
        "OVERLOADED",
        "Too many requests wait; try again after `Retry-After` seconds.",
        HTTPStatus.SERVICE_UNAVAILABLE,
    )
    TIMEOUT = (
        "TIMEOUT",
        "The response took longer than a request may take; try again after `Retry-After` seconds.",
        HTTPStatus.SERVICE_UNAVAILABLE,
    )
    OPERATION_BUDGET = (
        "OPERATION_BUDGET",
        "The operation exceeded its budget of `objects`, `bytes` or `time`, as `resource` says. Select less at once.",
        HTTPStatus.SERVICE_UNAVAILABLE,
    )
    RATE_LIMITED = (
        "RATE_LIMITED",
        "More cost was requested than is allowed in a minute; try again after `Retry-After` seconds.",
        HTTPStatus.TOO_MANY_REQUESTS,
    )
    PERSISTED_QUERY_NOT_FOUND = (
        "PERSISTED_QUERY_NOT_FOUND",
        "The request names a query by its hash only, and the server does not know it; send it once with the query.",
        HTTPStatus.OK,  # what clients expect before they send the query
    )
    PERSISTED_QUERY_NOT_SUPPORTED = (
        "PERSISTED_QUERY_NOT_SUPPORTED",
        "The request names a query by its hash only, which this server has turned off; send the query itself.",
        HTTPStatus.BAD_REQUEST,
    )
    PERSISTED_QUERY_MISMATCH = (
        "PERSISTED_QUERY_MISMATCH",
        "The hash that was sent with the query is not the query's SHA-256 in hexadecimal digits.",
        HTTPStatus.BAD_REQUEST,
    )
    SINGLE_CONNECTION_MODE = (
        "SINGLE_CONNECTION_MODE",
        "A client of GraphQL over SSE reserves one stream for all of its operations. Only distinct connections are "
        "offered: each operation is a request of its own.",
        HTTPStatus.METHOD_NOT_ALLOWED,
    )
    SUBSCRIPTIONS_OFF = ("SUBSCRIPTIONS_OFF", "The server has turned subscriptions off.", HTTPStatus.FORBIDDEN)
    UNTRUSTED_DOCUMENT = (
        "UNTRUSTED_DOCUMENT",
        "The server answers only the operations of its manifest, and this is none of them.",
        HTTPStatus.FORBIDDEN,
    )


class Refusal(Exception):
    """A request that is refused. `message` is safe to show."""

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
        return self.code.status

    def formatted(self) -> dict[str, object]:
        """The refusal as an entry of `errors`."""
        return {"message": self.message, "extensions": {"code": self.code, **self.extensions}}


def overloaded() -> Refusal:
    """The refusal of a request when too many wait."""
    message = "The server has more to do than it can; try again in a second."
    return Refusal(WebCode.OVERLOADED, message, headers={"Retry-After": "1"})


def not_ready(message: str) -> Refusal:
    """The refusal of a request that needs a database or a provider that cannot be reached now."""
    return Refusal(WebCode.NOT_READY, message, headers={"Retry-After": "1"})
