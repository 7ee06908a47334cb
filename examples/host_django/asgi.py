"""The host: careergraph below /careers, with and without a slash behind it, and Django everywhere else."""

import os

from django.core.asgi import get_asgi_application
from starlette.types import Receive, Scope, Send

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "host_django.settings")
django = get_asgi_application()

from .careers import careers  # noqa: E402 - it needs Django's users


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a request. At the start careergraph loads its catalog; Django has nothing to start."""
    if scope["type"] == "lifespan" or f"{scope['path']}/".startswith("/careers/"):
        await careers({**scope, "root_path": "/careers"}, receive, send)
    else:
        await django(scope, receive, send)
