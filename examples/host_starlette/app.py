"""The host: its own page and its own sign-in, with careergraph mounted below /careers."""

from starlette.applications import Starlette
from starlette.authentication import AuthCredentials, AuthenticationBackend
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.authentication import AuthenticationMiddleware
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Mount, Route

from .careers import careers
from .models import User, sign_in, user_of


class SignedIn(AuthenticationBackend):
    """Whoever sends the token of a session is its user."""

    async def authenticate(self, conn: HTTPConnection) -> tuple[AuthCredentials, User] | None:
        """Return the user of a request; None where nobody is signed in."""
        token = conn.headers.get("authorization", "").removeprefix("Bearer ")
        user = await run_in_threadpool(user_of, token)
        return None if user is None else (AuthCredentials(["authenticated"]), user)


async def home(request: Request) -> PlainTextResponse:
    """The host's own page."""
    return PlainTextResponse("The careers are at /careers.")


async def post_sign_in(request: Request) -> JSONResponse:
    """Sign in by name and password, for a token."""
    body = await request.json()
    token = await run_in_threadpool(sign_in, str(body["name"]), str(body["password"]))
    return JSONResponse({"token": token}, 401 if token is None else 200)


app = Starlette(
    routes=[
        Route("/", home),
        Route("/sign-in", post_sign_in, methods=["POST"]),
        Mount("/careers", careers.asgi()),
    ],
    middleware=[Middleware(AuthenticationMiddleware, backend=SignedIn())],
    lifespan=careers.lifespan,
)
