"""The defaults of a server, which commands share that read or write what it serves."""

import os
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

from careergraph.web.core.config import PREFIX, Config

DEFAULTS: Mapping[str, tuple[Any, ...]] = {
    "rest_path": ("/api",),
    "pages": (True, "jinja2"),
    "admin_path": ("/admin", "jinja2", "python_multipart"),
    "media_store": ("var/media", "PIL"),
}
"""The defaults of a server, by the names of settings, each with the packages that it needs."""


def with_defaults(config: Config) -> Config:
    """Set the defaults of a server whose packages are installed, unless the environment has another value."""
    fitting = {
        name: value
        for name, (value, *packages) in DEFAULTS.items()
        if PREFIX + name.upper() not in os.environ and all(find_spec(package) for package in packages)
    }
    return config.replace(**fitting)
