"""Who asks: the user of Django's session."""

from importlib import import_module

from django.conf import settings
from django.contrib.auth import aget_user
from django.contrib.auth.models import User
from django.http import HttpRequest
from starlette.requests import HTTPConnection


async def signed_in(connection: HTTPConnection) -> User | None:
    """Return the user of a request; None where nobody is signed in."""
    request = HttpRequest()
    key = connection.cookies.get(settings.SESSION_COOKIE_NAME)
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    user = await aget_user(request)
    return user if user.is_authenticated else None
