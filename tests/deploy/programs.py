"""Programs that a machine may have or not."""

import os
import shutil

import pytest


def program(name: str) -> str:
    """The path of a program. Without it the test is skipped, or fails where CAREERGRAPH_NO_SKIP is 1."""
    path = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if path is None and os.environ.get("CAREERGRAPH_NO_SKIP") == "1":
        pytest.fail(f"there is no {name}")
    if path is None:
        pytest.skip(f"there is no {name}")
    return path
