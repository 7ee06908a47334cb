"""Security of the admin: cookies, forged requests, and the headers of every response."""

from collections.abc import Mapping
from hashlib import sha256
from hmac import compare_digest
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from careergraph.web.core.codes import Refusal, WebCode

COOKIE = "careergraph-admin"
"""The cookie with the id of a session. Over https its name begins with `__Host-`, so that no other host can set it."""
LANGUAGE = "careergraph-admin-language"
"""The cookie with the language of the interface."""
TOKEN = "csrf"  # noqa: S105 - the name of a field
"""The field of every form that only this session's pages can fill in."""

OWN_SITES = ("same-origin", "none")
"""What a browser says of a request that a page of ours, or the person, began."""

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
"""Headers of every response: its own files alone, without inline script or style, in nobody's frame."""


def secure(response: Response) -> Response:
    """The response with the security headers; it is not stored unless it says so itself."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def is_https(request: Request) -> bool:
    """Return whether the request came over https, as far as the server knows."""
    return request.scope.get("scheme") == "https"


def read_cookie(request: Request) -> str | None:
    """The id of the session that the browser has, if it has one."""
    return request.cookies.get(_cookie_name(request)) or None


def set_cookie(response: Response, request: Request, ident: str) -> None:
    """Give the browser the id of a session, until it is closed. No script can read it."""
    response.set_cookie(_cookie_name(request), ident, path="/", secure=is_https(request), httponly=True, samesite="lax")


def clear_cookie(response: Response, request: Request) -> None:
    """Take the id of a session from the browser."""
    response.delete_cookie(_cookie_name(request), path="/", secure=is_https(request), httponly=True, samesite="lax")


def token_of(ident: str) -> str:
    """The token that forms of a session carry. It proves the session, and nothing can be found by it."""
    return sha256(f"careergraph form {ident}".encode()).hexdigest()


def check_token(ident: str, token: str) -> None:
    """Refuse a form that this session's pages did not make. Raises Refusal (FORBIDDEN)."""
    if not compare_digest(token_of(ident).encode(), token.encode()):
        raise Refusal(WebCode.FORBIDDEN, "The form is not of this session.")


def check_origin(request: Request) -> None:
    """Refuse a POST that a page of another site, or of another port, sent. Raises Refusal (CROSS_SITE)."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is None:  # an old browser, or neither https nor this machine
        own = origin is not None and urlsplit(origin).netloc == request.headers.get("host")
    else:
        own = site in OWN_SITES
    if not own:
        raise Refusal(WebCode.CROSS_SITE, "The form came from a page that is not of this site.")


def _cookie_name(request: Request) -> str:
    return f"__Host-{COOKIE}" if is_https(request) else COOKIE
