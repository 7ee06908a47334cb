"""careergraph: a headless CMS plugin and GraphQL API for career comparisons in which every sentence is proven."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from careergraph.editorial.access.actor import Actor as Actor
    from careergraph.editorial.access.actor import Role as Role
    from careergraph.editorial.access.actor import Scope as Scope
    from careergraph.editorial.hooks.change import Change as Change
    from careergraph.editorial.hooks.change import HookRefusal as HookRefusal
    from careergraph.store.database.names import include_name as include_name
    from careergraph.web.app import CareerGraph as CareerGraph
    from careergraph.web.core.config import Config as Config

__version__ = "0.1.0"
__all__ = ["Actor", "CareerGraph", "Change", "Config", "HookRefusal", "Role", "Scope", "__version__", "include_name"]

_HOMES = {
    **dict.fromkeys(("Actor", "Role", "Scope"), "careergraph.editorial.access.actor"),
    "CareerGraph": "careergraph.web.app",
    **dict.fromkeys(("Change", "HookRefusal"), "careergraph.editorial.hooks.change"),
    "Config": "careergraph.web.core.config",
    "include_name": "careergraph.store.database.names",
}


def __getattr__(name: str) -> object:
    """The public names, each loaded when it is asked for: the command line shall not wait for a web server it does not
    need, nor a host's migrations for GraphQL."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
