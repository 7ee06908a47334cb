"""Uploads: the bytes of a PUT, streamed into a file of the folder of uploads, and looked through before they stay."""

import asyncio
from collections.abc import AsyncIterable
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.editing_database import Desk
from careergraph.editorial.access.roles import Verb, may
from careergraph.editorial.content.outcome import Denied
from careergraph.editorial.importers.jobs.archive import BadArchive, inspect, is_archive, require_file_name
from careergraph.editorial.importers.jobs.files import PART, file_of
from careergraph.editorial.importers.jobs.manage import store_upload
from careergraph.store.database.database import DatabaseProblem
from careergraph.store.editing.uploads import Upload, every_upload
from careergraph.web.core.codes import Refusal, WebCode, not_ready
from careergraph.web.core.config import Config
from careergraph.web.core.places import Places
from careergraph.web.execution.admission import Admission
from careergraph.web.request.endpoint import json_response
from careergraph.web.request.request import GraphQLRequest

MOST_AT_ONCE = 8
"""The most uploads that are received at once."""
MOST_KEPT = 16
"""The most uploads of the largest size that are kept."""
_CLOSE = {"Connection": "close"}
"""The header of a response before the body was read."""


class Uploads:
    """The endpoint of uploads for imports."""

    def __init__(self, config: Config, admission: Admission) -> None:
        self._admission, self._settings = admission, config.imports.parse()
        self._seconds = config.imports.upload_seconds
        self._places = Places(MOST_AT_ONCE)

    async def take(self, request: Request) -> Response:
        """Keep the body of a PUT, and respond with its id. Raises Refusal."""
        actor, desk = await self._editor(request)
        name = request.path_params["name"]
        self._check_head(request)
        upload = await self.keep(request.stream(), actor, desk, name)
        content = {"id": upload.ident, "name": upload.name, "size": upload.size, "sha256": upload.digest}
        return json_response(content, 201)

    async def keep(self, chunks: AsyncIterable[bytes], actor: Actor, desk: Desk, name: str) -> Upload:
        """Keep the bytes of a file. Raises Refusal."""
        try:
            require_file_name(name)
        except BadArchive as bad:
            raise Refusal(WebCode.BAD_UPLOAD, str(bad), headers=_CLOSE) from None
        with self._places:
            return await self._keep(chunks, actor, desk, name)

    async def _editor(self, request: Request) -> tuple[Actor, Desk]:
        context = (await self._admission.admit(GraphQLRequest.of(request))).context
        actor, desk = getattr(context, "actor", None), getattr(context, "desk", None)
        if actor is None:
            if getattr(context, "user", None) is not None:
                raise Refusal(WebCode.FORBIDDEN, "You are no editor.", headers=_CLOSE)
            header = {"WWW-Authenticate": "Bearer", **_CLOSE}
            raise Refusal(WebCode.UNAUTHENTICATED, "An upload needs an access token.", headers=header)
        if not may(actor, Verb.IMPORT):
            raise Refusal(WebCode.FORBIDDEN, "You may not import.", headers=_CLOSE)
        if desk is None:
            raise not_ready("The database cannot be read or written now.")
        return actor, desk

    def _check_head(self, request: Request) -> None:
        if request.headers.get("content-encoding", "identity") != "identity":
            message = "An upload has no Content-Encoding: send the bytes of the file, gzipped or not."
            raise Refusal(WebCode.UNSUPPORTED_MEDIA_TYPE, message, headers=_CLOSE)
        declared = request.headers.get("content-length", "0")
        most = self._settings.max_bytes
        if not declared.isdigit() or len(declared) > len(str(most)) or int(declared) > most:
            raise self._too_large()

    async def _keep(self, chunks: AsyncIterable[bytes], actor: Actor, desk: Desk, name: str) -> Upload:
        ident = token_hex(16)
        file = file_of(self._settings.folder, ident)
        part = file.with_name(PART + ident)
        try:
            await to_thread.run_sync(self._require_room, desk)
            size, digest = await self._receive(chunks, part)
            await to_thread.run_sync(_inspect, part, file)
            now = datetime.now(UTC)
            upload = Upload(ident=ident, name=name, size=size, digest=digest, created_by=actor.name, created_at=now)
            await to_thread.run_sync(_store, desk, actor, upload)
        except BaseException as problem:
            await _discard(part, file)
            raise _refusal(problem) from None
        return upload

    def _require_room(self, desk: Desk) -> None:
        self._settings.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with desk.reading() as session:
            kept = sum(upload.size for upload in every_upload(session))
        if kept > (MOST_KEPT - 1) * self._settings.max_bytes:
            message = "The uploads that are kept take all room there is for them; they are removed after some days."
            raise Refusal(WebCode.STORAGE_FULL, message, headers=_CLOSE)

    async def _receive(self, chunks: AsyncIterable[bytes], part: Path) -> tuple[int, str]:
        """Stream chunks into a file. Return its size and its SHA-256."""
        size, digest = 0, sha256()
        with part.open("xb") as file:
            async with asyncio.timeout(self._seconds):
                async for chunk in chunks:
                    size += len(chunk)
                    if size > self._settings.max_bytes:
                        raise self._too_large()
                    digest.update(chunk)
                    await to_thread.run_sync(file.write, chunk)
        return size, digest.hexdigest()

    def _too_large(self) -> Refusal:
        maximum = self._settings.max_bytes
        message = f"The file is larger than {maximum} bytes."
        return Refusal(WebCode.BODY_TOO_LARGE, message, headers=_CLOSE, maximum=maximum)


def _inspect(part: Path, file: Path) -> None:
    if not part.stat().st_size:
        raise BadArchive("the file is empty")
    if is_archive(part):
        inspect(part)
    part.rename(file)


def _store(desk: Desk, actor: Actor, upload: Upload) -> None:
    desk.run(lambda session: store_upload(session, actor, upload))


async def _discard(*files: Path) -> None:
    with suppress(OSError):
        for file in files:
            file.unlink(missing_ok=True)


def _refusal(problem: BaseException) -> BaseException:
    """Return the refusal that stands for a problem of an upload; others are returned as they are."""
    match problem:
        case BadArchive():
            return Refusal(WebCode.BAD_UPLOAD, str(problem))
        case TimeoutError():
            return Refusal(WebCode.BODY_TIMEOUT, "The file did not arrive in time.", headers=_CLOSE)
        case OSError():
            return Refusal(WebCode.STORAGE_FULL, "The server cannot store the file now.", headers=_CLOSE)
        case Denied():
            return Refusal(WebCode.FORBIDDEN, "You may not import.")
        case DatabaseProblem():
            return not_ready("The database cannot be read or written now.")
    return problem
