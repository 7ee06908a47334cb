"""Files of a form, read in bounded size and time, and kept as uploads of imports."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import python_multipart  # noqa: F401 - Starlette reads forms with files by it, and would miss it at the first one
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.types import Message

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, may
from careergraph.store.documents.documents import ImageDocument
from careergraph.web.admin.form import Form
from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.core.config import Config
from careergraph.web.core.places import Places
from careergraph.web.execution.later_uploads import LaterUploads
from careergraph.web.graphql import GraphQL

MEDIA = "multipart/form-data"
MOST_AT_ONCE = 4
"""The most forms with files that are read at once."""
MOST_FILES, MOST_FIELDS = 20, 5000
"""The most files and other fields of a form: that of a career sends its picture along with all that is typed."""
CHUNK = 64 * 1024
"""The bytes of a file that are kept at once."""
IMAGE = (ImageDocument.TYPE, "")
"""The key by which rights to files of images are judged."""


class Files:
    """Reads the forms with files of one app."""

    def __init__(self, config: Config, graphql: GraphQL) -> None:
        self._uploads, self._desk = LaterUploads(config, graphql.admission), graphql.admission.authentication.desk
        self._most = {Verb.IMPORT: config.imports.parse().max_bytes, Verb.UPLOAD_IMAGE: config.media.max_bytes}
        self._seconds = {Verb.IMPORT: config.imports.upload_seconds, Verb.UPLOAD_IMAGE: config.media.seconds}
        self._places = Places(MOST_AT_ONCE)

    @asynccontextmanager
    async def reading(self, request: Request, actor: Actor, verb: Verb) -> AsyncIterator[Form]:
        """The form of somebody who may import, or upload images; its files are open until the end. Raises Refusal."""
        if not may(actor, verb, IMAGE if verb is Verb.UPLOAD_IMAGE else None):
            raise Refusal(WebCode.NOT_FOUND, "There is nothing here.", headers={"Connection": "close"})
        with self._places:
            sent = await self._parse(request, verb)
            try:
                yield _form_of(sent)
            finally:
                await sent.close()

    async def keep(self, actor: Actor, file: UploadFile) -> str:
        """Keep a file as an upload, and return its id. Raises Refusal."""
        uploads, name = self._uploads.uploads, file.filename or ""
        return (await uploads.keep(_chunks(file), actor, self._desk, name)).ident

    async def _parse(self, request: Request, verb: Verb) -> FormData:
        """Raises Refusal."""
        bounded = Request(request.scope, Bounded(request, self._most[verb]))
        try:
            async with asyncio.timeout(self._seconds[verb]):
                return await bounded.form(max_files=MOST_FILES, max_fields=MOST_FIELDS)
        except (HTTPException, MultiPartException):
            raise Refusal(WebCode.BAD_REQUEST, "The form cannot be read.") from None
        except TimeoutError:
            raise Refusal(WebCode.BODY_TIMEOUT, "The files did not arrive in time.") from None


class Bounded:
    """The messages of a request, until its body is larger than `most` bytes. Calling it raises Refusal then."""

    def __init__(self, request: Request, most: int) -> None:
        self._receive, self._most, self._size = request.receive, most, 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._size += len(message.get("body", b""))
        if self._size > self._most:
            text, close = f"The files are larger than {self._most} bytes.", {"Connection": "close"}
            raise Refusal(WebCode.BODY_TOO_LARGE, text, headers=close, maximum=self._most)
        return message


async def _chunks(file: UploadFile) -> AsyncIterator[bytes]:
    while chunk := await file.read(CHUNK):
        yield chunk


def _form_of(sent: FormData) -> Form:
    form = Form(b"")
    for name, value in sent.multi_items():
        if isinstance(value, str):
            form.fields.append((name, value))
        elif value.filename:  # a browser sends an empty file where none was chosen
            form.files.setdefault(name, []).append(value)
    return form
