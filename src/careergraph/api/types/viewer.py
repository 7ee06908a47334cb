"""Viewer: the user of the request."""

from careergraph.api.base.declare import Mirror, attr, object_type


def display_name(of: object) -> str:
    """Return the display name of a host's user, the identity, or else the user as a text."""
    for attribute in ("display_name", "identity"):
        try:
            name = getattr(of, attribute, None)
        except NotImplementedError:  # Starlette's BaseUser has both, and leaves them to the host
            continue
        if isinstance(name, str) and name:
            return name
    return str(of)


@object_type(object, "The user that the host application has signed in.")
class Viewer(Mirror):
    name: str = attr(
        "The host's name of the user: the display name, the identity, or the user as a text.", display_name
    )
