"""Uploads that are loaded for the first one: they need what imports need, and readers do not wait for that."""

from functools import cached_property
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from careergraph.web.core.config import Config
from careergraph.web.core.loading import load
from careergraph.web.execution.admission import Admission

if TYPE_CHECKING:
    from careergraph.web.execution.uploads import Uploads

UPLOADS = "/uploads"
"""The path below which files are put."""


class LaterUploads:
    """The `uploads` of an app."""

    def __init__(self, config: Config, admission: Admission) -> None:
        self._config, self._admission = config, admission

    @cached_property
    def uploads(self) -> "Uploads":
        """The uploads themselves."""
        uploads: type[Uploads] = load("careergraph.web.execution.uploads").Uploads
        return uploads(self._config, self._admission)

    async def take(self, request: Request) -> Response:
        """Respond to a PUT. Raises Refusal."""
        return await self.uploads.take(request)
