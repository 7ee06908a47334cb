"""Account: who is signed in, with which rights, and the ways out."""

from starlette.responses import RedirectResponse, Response

from careergraph.editorial.access.roles import ROLES
from careergraph.editorial.access.sessions import Ended
from careergraph.web.admin.security import clear_cookie, token_of
from careergraph.web.admin.visit import Visit, missing


async def account(visit: Visit) -> Response:
    """Show the name, the role and the scope, and how the session began. Raises Refusal."""
    gate, ident = visit.gate, visit.ident
    return visit.render(
        "account.html",
        scope=visit.actor.scope.to_json(),
        verbs_of_role=sorted(ROLES[visit.actor.role]),
        origin=await gate.run_in_thread(lambda: gate.sessions.origin(ident)),
    )


async def session(visit: Visit) -> Response:
    """The token of the session's forms, for the script of a page whose session was renewed."""
    if not visit.wants_part:
        raise missing()
    return Response(token_of(visit.ident), media_type="text/plain")


async def sign_out(visit: Visit) -> Response:
    """End this session, or all sessions of the actor."""
    if visit.request.method != "POST":
        raise missing()
    which = Ended.ALL if visit.form.get("which") == Ended.ALL else Ended.THIS
    gate, ident = visit.gate, visit.ident
    await gate.run_in_thread(lambda: gate.sessions.close(ident, visit.actor, which))
    response = RedirectResponse(visit.link("sign-in", note="signed_out"), 303)
    clear_cookie(response, visit.request)
    return response
