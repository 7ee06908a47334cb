"""Picture: the file of an image in its form, or of a career's image in that of the career: shown small, uploaded, and
carried on until the form is saved."""

import re
from base64 import b64encode
from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from careergraph.editorial.access.roles import Verb
from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.store.documents.documents import CareerDocument, ImageDocument
from careergraph.store.documents.pictures import FilePart
from careergraph.web.admin.visit import Data, Failed, Visit, missing
from careergraph.web.core.codes import Refusal, WebCode

IMAGE = ImageDocument.TYPE
WIDTH = 320
"""The least width of the picture that is shown, in pixels, where it has so many."""
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+){0,20}")
LONGEST = 80
"""The most letters of a career's slug that the slug of its image begins with."""


class Shown(NamedTuple):
    """The picture of a form: its address, None where there is none; its file as JSON; its size; who may upload; and the
    slug of the image, where it is another document."""

    address: str | None = None
    file: str = ""
    width: int = 0
    height: int = 0
    may_upload: bool = False
    slug: str = ""


async def picture_of(visit: Visit, type_name: str, document: Mapping[str, Any]) -> Shown | None:
    """The picture of an image or career that is edited; None for other documents, and where the app keeps no files."""
    if visit.media is None or type_name not in (IMAGE, CareerDocument.TYPE):
        return None
    may_upload = visit.may(Verb.UPLOAD_IMAGE, IMAGE) and visit.may(Verb.SAVE_DRAFT, IMAGE)
    if type_name == IMAGE:
        return await _shown(visit, Shown(may_upload=may_upload), document)
    slug = linked_image(document)
    image = await _image(visit, slug) if slug else None
    body = {} if image is None else _body(image)
    return await _shown(visit, Shown(may_upload=may_upload, slug=slug), body)


async def _shown(visit: Visit, picture: Shown, image: Mapping[str, Any]) -> Shown:
    """The picture of an image document."""
    try:
        part = msgspec.convert(image.get("file"), FilePart)
    except msgspec.ValidationError:
        return picture
    try:
        content = await visit.media.thumbnail(part.sha256, WIDTH)
    except Refusal:  # the form is as good without
        content = None
    address = None if content is None else f"data:{part.media_type};base64,{b64encode(content).decode()}"
    file = msgspec.json.encode(part).decode()
    return picture._replace(address=address, file=file, width=part.width, height=part.height)


def chosen_file(visit: Visit, type_name: str) -> dict[str, Any]:
    """The field `file` of an image whose form carries one; empty otherwise. What it says is checked as any save is."""
    if type_name != IMAGE or not (text := visit.form.get("@file")):
        return {}
    try:
        return {"file": msgspec.json.decode(text, type=dict[str, Any])}
    except msgspec.DecodeError:
        return {}


async def add_image(visit: Visit, type_name: str, document: dict[str, Any], slug: str) -> list[Data]:
    """Keep the picture that the form of a career brings, save it as the draft of an image, and link that in the
    document. Return what is wrong otherwise. Raises Failed and Refusal."""
    if visit.media is None or type_name != CareerDocument.TYPE:
        raise missing()
    visit.require(Verb.UPLOAD_IMAGE, IMAGE)
    alt, files = visit.form.get("@picture-alt").strip(), visit.form.files.get("@picture")
    if not files or not alt:
        return [_problem(visit.words("image.none" if not files else "image.no_alt"))]
    try:
        part: FilePart = await visit.media.keep(visit.actor, files[0].file)
    except Refusal as refusal:
        if refusal.code is not WebCode.BAD_IMAGE:
            raise
        return [_problem(refusal.message)]
    beginning = slug[:LONGEST].rstrip("-") if _SLUG.fullmatch(slug[:LONGEST].rstrip("-")) else "image"
    name = f"{beginning}-{part.sha256[:8]}"
    image = {"slug": name, "alt": {DEFAULT_LOCALE: alt}, "file": msgspec.to_builtins(part)}
    result = await visit.run("save", type=IMAGE.upper(), document=image, base=None)
    if result["__typename"] == "Rejected":
        return [_problem(f"{each['path']}: {visit.words.problem(each)}") for each in result["problems"]]
    document["image"] = {"slug": name}  # also where somebody saved the same picture of it before
    return []


def linked_image(document: Mapping[str, Any]) -> str:
    """The slug of the image of a career; empty without one."""
    image = document.get("image")
    return str(image.get("slug") or "") if isinstance(image, Mapping) else ""


async def companions(visit: Visit, type_name: str, document: Mapping[str, Any]) -> list[Data]:
    """The drafts that a document cannot go live without: of a career its image, while that is not live."""
    slug = linked_image(document) if type_name == CareerDocument.TYPE else ""
    if not slug or slug in visit.catalog.images or (image := await _image(visit, slug)) is None:
        return []
    return [] if image["isLive"] or not image["hasDraft"] else [image]


async def _image(visit: Visit, slug: str) -> Data | None:
    """Return how an image stands; None for one that there is not, or that the actor may not see. Raises Refusal."""
    if not visit.may(Verb.VIEW, IMAGE):
        return None
    try:
        data = await visit.ask("document", type=IMAGE.upper(), slug=slug)
    except Failed:  # a slug that is none
        return None
    image: Data | None = data["editor"]["document"]
    return image


def _body(image: Data) -> Mapping[str, Any]:
    body: Mapping[str, Any] = image["draft"]["document"] if image["draft"] else image["live"] or {}
    return body


def _problem(message: str) -> Data:
    return {"path": "image", "message": message}
