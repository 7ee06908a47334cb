"""Who asks: the user of a session's token."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection

from .models import User, user_of


async def signed_in(connection: HTTPConnection) -> User | None:
    """Return the user of a request; None where nobody is signed in. FastAPI takes it as a dependency, too."""
    return await run_in_threadpool(user_of, connection.headers.get("authorization", "").removeprefix("Bearer "))
