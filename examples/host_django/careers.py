"""The careers: the host's staff edits them."""

from django.conf import settings
from django.contrib.auth.models import User

from careergraph import Actor, CareerGraph, Config, Role

from .users import signed_in


def authorize(user: User) -> Actor | None:
    return Actor(name=f"user-{user.pk}", role=Role.EDITOR, display_name=user.get_full_name()) if user.is_staff else None


url = f"sqlite:///{settings.DATABASE_FILE}"
careers = CareerGraph(Config(database_url=url, authenticate=signed_in, authorize=authorize)).asgi()
