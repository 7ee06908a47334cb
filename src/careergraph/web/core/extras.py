"""Extras: modules whose packages are installed only with an extra."""

from collections.abc import Iterable
from importlib.util import find_spec
from typing import Any

from careergraph.web.core.loading import load
from careergraph.web.core.setting import ConfigProblem


def require_extra(packages: Iterable[str], extra: str, why: str) -> None:
    """Raise ConfigProblem where a package of an extra is missing: `why` begins the message. Imports none."""
    for package in packages:
        if find_spec(package) is None:
            raise ConfigProblem(f"{why} needs the package {package}: install careergraph[{extra}]")


def import_extra(module: str, extra: str, why: str) -> Any:
    """Import a module that needs an extra. Raises ConfigProblem without it: `why` begins the message."""
    try:
        return load(module)
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        raise ConfigProblem(f"{why} needs the package {package}: install careergraph[{extra}]") from None
