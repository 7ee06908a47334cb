"""The pages on a real socket, once for all tests that need them."""

from collections.abc import Iterator

import pytest

from web.conftest import running
from web.pages.site import site


@pytest.fixture(scope="session")
def pages() -> Iterator[str]:
    """The address of the pages."""
    with running(site(cors_origins="http://127.0.0.1:*").asgi()) as address:
        yield address
