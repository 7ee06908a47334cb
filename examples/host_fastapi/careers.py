"""The careers: whoever edits the host's pages edits them too."""

from careergraph import Actor, CareerGraph, Config, Role

from .models import DATABASE, User
from .users import signed_in


def authorize(user: User) -> Actor | None:
    return Actor(name=f"user-{user.id}", role=Role.EDITOR, display_name=user.name) if user.edits else None


careers = CareerGraph(Config(database_url=DATABASE, authenticate=signed_in, authorize=authorize))
