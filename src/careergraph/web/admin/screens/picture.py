"""Picture: the file of an image in its form: shown small, and carried on until the form is saved."""

from base64 import b64encode
from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from careergraph.editorial.access.roles import Verb
from careergraph.store.documents.documents import ImageDocument
from careergraph.store.documents.pictures import FilePart
from careergraph.web.admin.visit import Visit
from careergraph.web.core.codes import Refusal

WIDTH = 320
"""The least width of the picture that is shown, in pixels, where it has so many."""


class Shown(NamedTuple):
    """The picture of a form: its address, None where there is none; its file as JSON; its size; and who may upload."""

    address: str | None
    file: str
    width: int
    height: int
    may_upload: bool


async def picture_of(visit: Visit, type_name: str, document: Mapping[str, Any]) -> Shown | None:
    """The picture of an image that is edited; None for other documents, and where the app keeps no files."""
    if type_name != ImageDocument.TYPE or visit.media is None:
        return None
    may_upload = visit.may(Verb.UPLOAD_IMAGE, ImageDocument.TYPE)
    try:
        part = msgspec.convert(document.get("file"), FilePart)
    except msgspec.ValidationError:
        return Shown(None, "", 0, 0, may_upload)
    try:
        content = await visit.media.thumbnail(part.sha256, WIDTH)
    except Refusal:  # the form is as good without
        content = None
    address = None if content is None else f"data:{part.media_type};base64,{b64encode(content).decode()}"
    return Shown(address, msgspec.json.encode(part).decode(), part.width, part.height, may_upload)


def chosen_file(visit: Visit, type_name: str) -> dict[str, Any]:
    """The field `file` of an image whose form carries one; empty otherwise. What it says is checked as any save is."""
    if type_name != ImageDocument.TYPE or not (text := visit.form.get("@file")):
        return {}
    try:
        return {"file": msgspec.json.decode(text, type=dict[str, Any])}
    except msgspec.DecodeError:
        return {}
