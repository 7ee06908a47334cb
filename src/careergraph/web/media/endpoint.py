"""The endpoint of media: PUT an image, and GET the files of images."""

import logging
import re
from collections.abc import Callable
from tempfile import TemporaryFile
from typing import IO, TypeVar

import anyio
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, may
from careergraph.editorial.content.outcome import Denied
from careergraph.editorial.media.decoder import BadImage
from careergraph.editorial.media.library import IMAGE, Library, files_in, image_file
from careergraph.engine.content import Catalog, ImageFile
from careergraph.store.database.database import DatabaseProblem, NewerDatabase
from careergraph.store.documents.pictures import FilePart
from careergraph.web.core.codes import Refusal, WebCode, not_ready
from careergraph.web.core.config import Config, ConfigProblem
from careergraph.web.core.places import Places
from careergraph.web.execution.admission import Admission, Caller
from careergraph.web.request.body import BodyReader
from careergraph.web.request.endpoint import json_response
from careergraph.web.request.request import GraphQLRequest

LOG = logging.getLogger("careergraph.web")
Result = TypeVar("Result")

FOREVER = "public, max-age=31536000, immutable"
"""How long caches may keep a published file: its name is that of its content."""
THREADS, CODECS = 8, 2
"""The most files that are read at once, and the most images that are decoded at once, each on a core of its own."""
MAX_WAITING = 16
"""The most images that wait to be decoded. More are refused at once."""
_NAME = re.compile(r"([0-9a-f]{64})(?:-([0-9]{1,5}))?\.(?:png|jpeg|webp|avif)")
_HEADERS = {"Content-Security-Policy": "default-src 'none'; sandbox", "Cross-Origin-Resource-Policy": "cross-origin"}


class Media:
    """The media of one app."""

    def __init__(self, config: Config, admission: Admission) -> None:
        try:
            self._library = Library(config.media.store)
        except OSError as problem:
            raise ConfigProblem(f"media_store cannot be used: {problem.strerror}") from None
        self._admission = admission
        self._body_reader = BodyReader(config.media.max_bytes, config.media.seconds)
        self._reading, self._decoding = anyio.CapacityLimiter(THREADS), anyio.CapacityLimiter(CODECS)
        self._places = Places(MAX_WAITING)

    async def upload(self, request: Request) -> Response:
        """Keep the image in the body of a PUT, for an editor with the right. Returns the `file` of its document. Raises
        Refusal."""
        caller = await self._admit(request)
        actor = getattr(caller.context, "actor", None)
        if actor is None:
            message = "Only editors may upload: sign in, or send an access token."
            raise Refusal(WebCode.UNAUTHENTICATED, message, headers={"WWW-Authenticate": "Bearer"})
        if not may(actor, Verb.UPLOAD_IMAGE, IMAGE):
            raise _forbidden()  # before the body is read
        with self._places, TemporaryFile() as body:
            await self._body_reader.read_into(body, dict(request.scope["headers"]), request.receive)
            file = await self._keep(actor, body)
        cells = {"sha256": file.sha256, "mediaType": file.media_type}
        return json_response({"file": cells | {"width": file.width, "height": file.height, "bytes": file.bytes}}, 201)

    async def keep(self, actor: Actor, content: IO[bytes]) -> FilePart:
        """Keep an image, and return what a document says of its file. Raises Refusal."""
        with self._places:
            return await self._keep(actor, content)

    async def thumbnail(self, digest: str, width: int) -> bytes | None:
        """The file of a SHA-256 in the least of its widths that is not below `width`, published or not; None where
        nobody uploaded it. Raises Refusal."""
        engine = self._admission.authentication.desk.engine
        files = await self._in_thread(lambda: files_in(engine, digest), self._reading)
        return await self._width_of(image_file(files[digest]), width) if digest in files else None

    async def file(self, request: Request) -> Response:
        """A file in one of its widths: to everybody where an image that is published has it, or else to editors and in
        the previews that show it. Raises Refusal (NOT_FOUND), with one message for all that there is nothing for."""
        caller = await self._admit(request)
        if (match := _NAME.fullmatch(request.path_params["name"])) is None:
            raise _not_found()
        file, public = await self._find(request, caller, match[1])
        width = int(match[2]) if match[2] else None
        if file is None or file.name(width) != match[0]:  # which is so for no width but those that there are
            raise _not_found()
        tags = " ".join(f"image:{it.slug}" for it in caller.catalog.images.values() if public and it.file == file)
        headers = {**_HEADERS, "Content-Type": file.media_type, "Cache-Control": FOREVER if public else "no-store"}
        headers |= {"ETag": f'"{match[0]}"'}
        headers |= {"Surrogate-Key": tags, "Cache-Tag": tags.replace(" ", ",")} if public else {}
        if headers["ETag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if (content := await self._width_of(file, width)) is None:
            raise _not_found()
        return Response(content, headers=headers)

    async def _keep(self, actor: Actor, content: IO[bytes]) -> FilePart:
        engine = self._admission.authentication.desk.engine
        return await self._in_thread(lambda: self._library.upload(engine, actor, content), self._decoding)

    async def _width_of(self, file: ImageFile, width: int | None) -> bytes | None:
        """A file in one of its widths, which is made where it is not there yet; None where there is no file."""
        content = await self._in_thread(lambda: self._library.kept(file, width), self._reading)
        if content is None and width is not None:
            with self._places:
                content = await self._in_thread(lambda: self._library.make(file, width), self._decoding)
        return content

    async def _find(self, request: Request, caller: Caller, digest: str) -> tuple[ImageFile | None, bool]:
        """The file of a SHA-256 that a caller may read, and whether everybody may."""
        if (file := caller.catalog.files.get(digest)) is not None:
            return file, True
        authentication = self._admission.authentication
        if ticket := request.query_params.get("preview"):
            catalog: Catalog | None = await authentication.catalog_of_ticket(ticket)
            return None if catalog is None else catalog.files.get(digest), False
        if getattr(caller.context, "preview", None) is not None:
            return caller.context.catalog.files.get(digest), False
        actor = getattr(caller.context, "actor", None)
        if actor is None or not may(actor, Verb.VIEW, IMAGE):
            return None, False
        files = await self._in_thread(lambda: files_in(authentication.desk.engine, digest), self._reading)
        return image_file(files[digest]) if digest in files else None, False

    async def _admit(self, request: Request) -> Caller:
        return await self._admission.admit(GraphQLRequest.of(request))

    async def _in_thread(self, work: Callable[[], Result], threads: anyio.CapacityLimiter) -> Result:
        """Run blocking work in a thread of its own kind. Raises Refusal."""
        try:
            return await to_thread.run_sync(work, limiter=threads)
        except BadImage as bad:
            raise Refusal(WebCode.BAD_IMAGE, f"The image cannot be taken: {bad}.") from None
        except Denied:
            raise _forbidden() from None
        except NewerDatabase as problem:
            raise Refusal(WebCode.NEWER_DATABASE, str(problem.public)) from None
        except DatabaseProblem:
            raise not_ready("The database cannot be read or written now.") from None
        except OSError as problem:
            LOG.warning("the store of media fails: %s", problem)
            raise not_ready("The files of images cannot be read or written now.") from None


def _forbidden() -> Refusal:
    return Refusal(WebCode.FORBIDDEN, "You have no right to do this.")


def _not_found() -> Refusal:
    return Refusal(WebCode.NOT_FOUND, "There is no such image, or it is not published.")
