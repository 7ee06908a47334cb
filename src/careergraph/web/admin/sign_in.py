"""Sign in: with an access token, as a user of the host, or as the first administrator."""

import re
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from careergraph.editorial.access.oidc.code_flow import SignInProblem
from careergraph.editorial.access.sessions import Opened
from careergraph.web.admin import security
from careergraph.web.admin.gate import Gate, Guest
from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.core.hosts import is_loopback

_INSIDE = re.compile(r"[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*(\?[A-Za-z0-9._~%&=+/-]*)?")
"""A path below the admin, with its parameters: no address of anywhere else."""


def back_to(address: str) -> str:
    """The path below the admin that somebody came from; empty for anything else."""
    return address if _INSIDE.fullmatch(address) and ".." not in address else ""


def send_to_sign_in(guest: Guest) -> Response:
    """Send somebody who is not signed in, or no longer, to the form; what a script asks is refused. Raises Refusal."""
    request = guest.request
    if request.method == "POST" or request.headers.get("x-careergraph-admin") is not None:
        raise Refusal(WebCode.UNAUTHENTICATED, guest.words("sign_in.ended"))
    query = request.scope["query_string"].decode("latin-1")
    here = back_to(guest.path + (f"?{query}" if query else ""))
    up = "../" * guest.path.count("/")
    return RedirectResponse(f"{up}sign-in" + (f"?{urlencode({'next': here})}" if here else ""), 303)


async def sign_in(gate: Gate, guest: Guest) -> Response:
    """Show the form, or sign somebody in by it: a new session, with an id that nobody had before. Raises Refusal."""
    request = guest.request
    if request.method != "POST":
        return await show_sign_in(gate, guest)
    gate.charge_attempt(request)
    opened: Opened | None = await _open(gate, guest)
    if opened is None:
        return await show_sign_in(gate, guest, wrong=True, status=401)
    return await enter(gate, request, opened, back_to(guest.form.get("next")) or "./")


async def enter(gate: Gate, request: Request, opened: Opened, after: str) -> Response:
    """Send somebody on who is signed in now. A session that the browser had before ends. Raises Refusal."""
    gate.forgive_attempt(request)
    before = security.read_cookie(request)
    if before is not None:
        await gate.run_in_thread(lambda: gate.sessions.close(before, opened.actor))
    response = RedirectResponse(after, 303)
    security.set_cookie(response, request, opened.ident)
    return response


async def _open(gate: Gate, guest: Guest) -> Opened | None:
    form, sessions = guest.form, gate.sessions
    opened: Opened | None
    if key := form.get("key"):
        usable = _is_local(guest.request) and gate.first_key.take(key)
        opened = await gate.run_in_thread(sessions.open_first) if usable else None
    elif form.get("host"):
        actor = await gate.host_actor(guest.request)
        opened = None if actor is None else await gate.run_in_thread(lambda: sessions.open_for_host(actor))
    else:
        secret = form.get("secret").strip()
        opened = await gate.run_in_thread(lambda: sessions.open_with_token(secret))
    return opened


async def show_sign_in(
    gate: Gate, guest: Guest, *, wrong: bool = False, problem: SignInProblem | None = None, status: int = 200
) -> Response:
    """Show the ways to sign in, and what went wrong at the last one. Raises Refusal."""
    request = guest.request
    key = request.query_params.get("key", "")
    offered = bool(key) and _is_local(request) and gate.first_key.is_valid(key)
    after = back_to(guest.form.get("next") or request.query_params.get("next", ""))
    frame = gate.rendering.frame(guest.words, guest.path, request)
    values = {
        "key": key if offered else "",
        "late": bool(key) and not offered,
        "wrong": wrong,
        "problem": problem,
        "provider": None if gate.flow is None else gate.provider,
        "provider_address": f"{frame['up']}sign-in/provider" + (f"?{urlencode({'next': after})}" if after else ""),
        "host": await gate.host_actor(request),
        "next": after,
    }
    if guest.path != "sign-in":
        frame["here"] = "sign-in"  # what the provider added is for one time
    return gate.rendering.page("sign_in.html", frame | values, status)


def _is_local(request: Request) -> bool:
    """Return whether the request came from this machine, and for it."""
    client: str = (request.scope.get("client") or ("",))[0]
    return is_loopback(client) and is_loopback(request.url.hostname or "")
