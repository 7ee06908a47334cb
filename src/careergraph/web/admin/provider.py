"""Sign in at the OpenID Connect provider: the way there, and what comes back."""

import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from careergraph.editorial.access.oidc.code_flow import SECONDS, CodeFlow, Failed, SignInProblem
from careergraph.editorial.access.oidc.fetch import Unavailable
from careergraph.editorial.access.sessions import Opened
from careergraph.web.admin import security
from careergraph.web.admin.gate import Gate, Guest
from careergraph.web.admin.sign_in import back_to, enter, show_sign_in
from careergraph.web.admin.visit import missing
from careergraph.web.core.codes import Refusal, WebCode

LOG = logging.getLogger("careergraph.oidc")
COOKIE = "careergraph-admin-sign-in"
"""The cookie that a sign-in begins with, for as long as it may take: its secret, and the path to go on to."""

STATUSES: Mapping[SignInProblem, int] = {
    SignInProblem.STALE: 400,
    SignInProblem.REFUSED: 401,
    SignInProblem.CODE: 401,
    SignInProblem.TOKEN: 401,
    SignInProblem.NO_ROLE: 403,
    SignInProblem.UNREACHABLE: 503,
}


async def go_to_provider(gate: Gate, guest: Guest) -> Response:
    """Send the browser to the provider, with a new sign-in begun. Raises Refusal."""
    flow = _flow_of(gate, guest)
    if guest.request.headers.get("sec-fetch-site", "none") not in security.OWN_SITES:
        raise Refusal(WebCode.CROSS_SITE, "A sign-in begins on a page of this site.")
    after = back_to(guest.request.query_params.get("next", ""))
    try:
        address, secret = await gate.ask_provider(flow.begin)
    except Unavailable as unavailable:
        return await _explain(gate, guest, SignInProblem.UNREACHABLE, unavailable)
    response = RedirectResponse(address, 303)
    response.set_cookie(value=f"{secret} {after}", max_age=SECONDS, **_cookie(flow))
    return response


async def come_back(gate: Gate, guest: Guest) -> Response:
    """Sign somebody in who comes back from the provider, or say why not. Raises Refusal."""
    flow, request = _flow_of(gate, guest), guest.request
    gate.charge_attempt(request)
    secret, _, after = request.cookies.get(str(_cookie(flow)["key"]), "").partition(" ")
    try:
        opened = await _open(gate, flow, request, secret)
    except Failed as failed:
        response = await _explain(gate, guest, failed.problem, failed)
    except Unavailable as unavailable:
        response = await _explain(gate, guest, SignInProblem.UNREACHABLE, unavailable)
    else:
        response = await enter(gate, request, opened, f"../{back_to(after)}")
    response.delete_cookie(**_cookie(flow))
    return response


async def _open(gate: Gate, flow: CodeFlow, request: Request, secret: str) -> Opened:
    """Raises Failed, Unavailable and Refusal."""
    code = flow.code_in(request.query_params, secret)
    token = await gate.ask_provider(lambda: flow.redeem(code, secret))
    claims = await gate.verify_sign_in(token, flow.nonce(secret))
    if claims is None:
        raise Failed(SignInProblem.TOKEN, "the token is not good")
    opened = await gate.run_in_thread(lambda: gate.sessions.open_with_claims(claims))
    if opened is None:
        raise Failed(SignInProblem.NO_ROLE, f"{str(claims['sub'])[:100]!a} has no role")
    return opened


async def _explain(gate: Gate, guest: Guest, problem: SignInProblem, reason: Exception) -> Response:
    LOG.warning("a sign-in came to nothing: %s %s", problem, reason)
    return await show_sign_in(gate, guest, problem=problem, status=STATUSES[problem])


def _flow_of(gate: Gate, guest: Guest) -> CodeFlow:
    """Raises Refusal (NOT_FOUND) where nobody signs in at a provider."""
    if gate.flow is None or guest.request.method != "GET":
        raise missing()
    return gate.flow


def _cookie(flow: CodeFlow) -> dict[str, Any]:
    """The attributes of the cookie, by the address that the provider sends people back to."""
    secure = urlsplit(flow.client.redirect).scheme == "https"
    key = f"__Host-{COOKIE}" if secure else COOKIE
    return {"key": key, "path": "/", "secure": secure, "httponly": True, "samesite": "lax"}
