"""careergraph: a headless CMS plugin and GraphQL API for career comparisons in which every sentence is proven."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from careergraph.store.names import include_name as include_name
    from careergraph.web.app import CareerGraph as CareerGraph
    from careergraph.web.config import Config as Config

__version__ = "0.1.0"
__all__ = ["CareerGraph", "Config", "__version__", "include_name"]

_HOMES = {
    "CareerGraph": "careergraph.web.app",
    "Config": "careergraph.web.config",
    "include_name": "careergraph.store.names",
}


def __getattr__(name: str) -> object:
    """The public names, each loaded when it is asked for: the command line shall not wait for a web server it does not
    need, nor a host's migrations for GraphQL."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
