"""Images: a picture comes in, and its form goes on with its file; nothing is saved before somebody says so."""

from dataclasses import replace
from typing import Any

import msgspec
from starlette.responses import Response

from careergraph.editorial.access.roles import Verb
from careergraph.store.documents.documents import ImageDocument
from careergraph.web.admin.screens.edit import Sheet, Work, load, show
from careergraph.web.admin.visit import Visit, missing
from careergraph.web.core.codes import Refusal, WebCode


async def upload(visit: Visit) -> Response:
    """Take the file of a new image. Raises Failed and Refusal."""
    return await show(visit, Work(ImageDocument.TYPE), Sheet({"file": await _file(visit)}, None, changed=True))


async def replace_file(visit: Visit) -> Response:
    """Take another file for an image. Raises Failed and Refusal."""
    file = await _file(visit)
    work = await load(replace(visit, names={**visit.names, "type": ImageDocument.TYPE}))
    return await show(visit, work, Sheet({**work.body, "file": file}, work.revision, changed=True))


async def _file(visit: Visit) -> dict[str, Any]:
    """Keep the file of the form, and return what the document says of it. Raises Refusal."""
    if visit.request.method != "POST" or visit.media is None:
        raise missing()
    visit.require(Verb.UPLOAD_IMAGE, ImageDocument.TYPE)
    if not (files := visit.form.files.get("file")):
        raise Refusal(WebCode.BAD_REQUEST, visit.words("image.none"))
    part: dict[str, Any] = msgspec.to_builtins(await visit.media.keep(visit.actor, files[0].file))
    return part
