"""Extras: modules whose packages are installed only with an extra."""

from importlib import import_module
from typing import Any

from careergraph.web.core.setting import ConfigProblem


def import_extra(module: str, extra: str, why: str) -> Any:
    """Import a module that needs an extra. Raises ConfigProblem without it: `why` begins the message."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        raise ConfigProblem(f"{why} needs the package {error.name}: install careergraph[{extra}]") from None
