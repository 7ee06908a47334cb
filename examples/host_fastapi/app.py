"""The host: its own pages and its own sign-in, with careergraph's routes among them, below /careers."""

from typing import Annotated

from fastapi import Body, Depends, FastAPI, HTTPException

from .careers import careers
from .models import User, sign_in
from .users import signed_in

app = FastAPI(lifespan=careers.lifespan)
app.router.routes.extend(careers.routes(prefix="/careers"))


@app.get("/me")
def me(user: Annotated[User | None, Depends(signed_in)]) -> str | None:
    """The host's own page."""
    return None if user is None else user.name


@app.post("/sign-in")
def post_sign_in(name: Annotated[str, Body()], password: Annotated[str, Body()]) -> dict[str, str]:
    """Sign in by name and password, for a token."""
    if (token := sign_in(name, password)) is None:
        raise HTTPException(401)
    return {"token": token}
