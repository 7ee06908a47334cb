"""The admin of an app that starts: what its screens take is loaded with the first request for one, or soon after."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from careergraph.store.access.administrators import file_has_administrator
from careergraph.web.admin.first_sign_in_key import FirstSignInKey
from careergraph.web.core.config import Config

if TYPE_CHECKING:
    from careergraph.web.admin.gate import Gate
    from careergraph.web.admin.site import Admin

MakeAdmin = Callable[[FirstSignInKey], "Admin"]


class LaterAdmin:
    """The admin of one app. Raises ConfigProblem for settings that it could not be made with."""

    def __init__(self, config: Config, make: MakeAdmin) -> None:
        config.oidc.parse()
        config.sign_in_client()
        self._config, self._make = config, make
        self._first_key = FirstSignInKey()

    @cached_property
    def site(self) -> "Admin":
        """The admin itself. The first call loads it, which takes long."""
        return self._make(self._first_key)

    @property
    def gate(self) -> "Gate":
        """Who may enter."""
        return self.site.gate

    def load(self) -> None:
        """Load the admin, unless it is."""
        _ = self.site

    def first_address(self, address: str) -> str | None:
        """The address at which the first administrator signs in; None where there is an administrator. May block."""
        config, now = self._config, datetime.now(UTC)
        has_one = file_has_administrator(config.database_url, now, timedelta(minutes=config.admin.idle_minutes))
        if has_one is None:
            has_one = self.gate.sessions.has_administrator()
        return None if has_one else f"{address}{config.admin.path}/sign-in?key={self._first_key.offer()}"

    async def respond(self, request: Request) -> Response:
        """The response to any request below the path of the admin."""
        site = self.site if "site" in vars(self) else await to_thread.run_sync(lambda: self.site)
        return await site.respond(request)
