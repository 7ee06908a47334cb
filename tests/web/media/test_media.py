"""Images over HTTP: what is taken and how it is kept, who may upload, and who may read a file."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import anyio
import httpx
import pytest
from PIL import Image
from sqlalchemy import Engine

from careergraph.editorial.access.actor import Role
from careergraph.editorial.media.decoder import BadImage
from careergraph.editorial.media.library import Library
from careergraph.store.access import audit
from careergraph.store.database.database import connect, reading
from careergraph.store.editing.media_files import find_files
from careergraph.web.media.endpoint import MAX_WAITING
from waiting import CEILING, wait_until
from web.client import Client
from web.editing import PREVIEW, PUBLISH, SAVE, TOMORROW, Newsroom, data, edit, key, newest
from web.media.pictures import animated, bomb, opened, picture, telling, written

SLUG = "at-work"
FOREVER = "public, max-age=31536000, immutable"
IMAGE = """query($width: Int) { career(slug: "accountant") { image {
  url(width: $width) srcset widths width height alt credit focalPoint { x y } } } }"""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "media"


@pytest.fixture
def newsroom(sqlite_url: str, store: Path) -> Iterator[Newsroom]:
    engine = connect(sqlite_url)
    newsroom = Newsroom(engine, media_store=str(store), media_max_bytes=2_000_000)
    yield newsroom
    newsroom.close()
    engine.dispose()


def put(client: Client, content: bytes, **headers: str) -> Any:
    """The answer to an upload, with its status."""
    response = client.request("PUT", "/media", content=content, headers=headers)
    return response.status_code, response.json()


def uploaded(client: Client, content: bytes | None = None) -> dict[str, Any]:
    """What an upload says of its file."""
    status, answer = put(client, content or written("JPEG"))
    assert status == 201, answer
    file: dict[str, Any] = answer["file"]
    return file


def refusal(client: Client, content: bytes) -> tuple[int, str, str]:
    status, answer = put(client, content)
    (error,) = answer["errors"]
    return status, error["extensions"]["code"], error["message"]


def address(file: dict[str, Any], width: int | None = None) -> str:
    size = "" if width is None else f"-{width}"
    return f"/media/{file['sha256']}{size}.{file['mediaType'].rpartition('/')[2]}"


def save(client: Client, file: dict[str, Any] | None, **more: Any) -> Any:
    """Save the draft of an image."""
    document = {"slug": SLUG, "alt": {"en": "Somebody at work", "de": "Jemand bei der Arbeit"}, "file": file, **more}
    base = newest(client, key("IMAGE", SLUG)) or None
    return data(client, SAVE, type="IMAGE", document=document, base=base)


def publish(newsroom: Newsroom, editor: Client, *keys: dict[str, str]) -> None:
    """Publish documents, and wait until readers have them."""
    published = data(editor, PUBLISH, documents=list(keys))
    assert published["__typename"] == "Publication", published
    wait_until(lambda: data(newsroom.public, "{ catalog { version } }")["version"] == published["version"], "news")


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "AVIF"])
def test_each_format_is_kept_upright_and_says_nothing_of_its_origin(newsroom: Newsroom, store: Path, form: str) -> None:
    author = newsroom.client(Role.AUTHOR)
    content = telling(form)
    assert b"SECRETPLACE" in content
    file = uploaded(author, content)
    assert (file["mediaType"], file["width"], file["height"]) == (f"image/{form.lower()}", 600, 800)
    kept = (store / file["sha256"][:2] / address(file).removeprefix("/media/")).read_bytes()
    assert len(kept) == file["bytes"]
    assert b"SECRETPLACE" not in kept
    image = opened(kept)
    assert image.format == form
    assert not image.getexif()
    assert not {"exif", "icc_profile", "xmp"} & image.info.keys()
    (top, bottom) = (image.convert("RGB").getpixel((300, y)) for y in (100, 700))
    assert top[0] > 150 > top[2] and bottom[2] > 150 > bottom[0], "turned to the right, its left is its top"  # type: ignore[index]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_each_kind_of_pixels_is_kept(newsroom: Newsroom, mode: str) -> None:
    image = Image.new("I;16", (40, 30), 30_000) if mode == "I;16" else picture((40, 30), mode)
    author = newsroom.client(Role.AUTHOR)
    image = opened(author.get(address(uploaded(author, written("PNG", image)))).content)
    assert image.size == (40, 30)
    assert image.mode == ("RGBA" if mode in ("LA", "RGBA") else "L" if mode in ("1", "L", "I;16") else "RGB")
    if mode == "I;16":
        assert image.getpixel((0, 0)) == 117


def test_colours_of_print_become_those_of_screens(newsroom: Newsroom) -> None:
    author = newsroom.client(Role.AUTHOR)
    file = uploaded(author, written("JPEG", picture(mode="CMYK")))
    assert opened(author.get(address(file)).content).mode == "RGB"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "no PNG"),
        (lambda: written("GIF"), "no PNG"),
        (lambda: written("TIFF"), "no PNG"),
        (lambda: b"", "no PNG"),
        (lambda: b"\x89PNG\r\n\x1a\n" + b"<?php evil ?>", "no PNG|damaged"),
        (lambda: written("JPEG")[:-2000], "damaged"),
        (lambda: written("PNG")[:-100], "damaged"),
        (lambda: written("WEBP")[:-100], "damaged|no PNG"),
        (lambda: written("AVIF")[:-100], "damaged|no PNG"),
        (lambda: bomb(8_000, 5_001), "more than 40 megapixels"),
        (lambda: bomb(60_000, 60_000), "more than 40 megapixels"),
        (lambda: bomb(20_000, 100), "longer than 16383 pixels"),
        (lambda: animated("PNG"), "animated"),
        (lambda: animated("WEBP"), "animated"),
        (lambda: animated("AVIF"), "animated"),
    ],
)
def test_what_is_no_such_image_is_refused(newsroom: Newsroom, store: Path, content: Any, why: str) -> None:
    status, code, message = refusal(newsroom.client(Role.AUTHOR), content())
    assert (status, code) == (422, "BAD_IMAGE")
    assert any(part in message for part in why.split("|")), message
    assert not store.exists()
    with reading(newsroom.engine) as session:
        assert find_files(session) == {}


def test_the_content_counts_and_no_name(newsroom: Newsroom) -> None:
    """A JPEG that is called a PNG is a JPEG; a script that is called a picture is none."""
    author = newsroom.client(Role.AUTHOR)
    status, answer = put(author, written("JPEG"), **{"Content-Type": "image/png"})
    assert (status, answer["file"]["mediaType"]) == (201, "image/jpeg")
    assert put(author, b"<script>alert(1)</script>", **{"Content-Type": "image/png"})[0] == 422


def test_what_is_behind_an_image_does_not_come_along(newsroom: Newsroom) -> None:
    author = newsroom.client(Role.AUTHOR)
    file = uploaded(author, written("JPEG") + b"<script>alert(1)</script>")
    assert b"<script>" not in author.get(address(file)).content


def test_too_many_bytes_are_not_read(newsroom: Newsroom) -> None:
    status, code, _ = refusal(newsroom.client(Role.AUTHOR), b"\0" * 2_000_001)
    assert (status, code) == (413, "BODY_TOO_LARGE")


def test_who_may_upload(newsroom: Newsroom, store: Path) -> None:
    content = written("PNG")
    assert refusal(newsroom.public, content)[:2] == (401, "UNAUTHENTICATED")
    assert refusal(Client(newsroom.app, Authorization="Bearer cg_at_nobody"), content)[:2] == (401, "UNAUTHENTICATED")
    others: list[tuple[Role, dict[str, list[str]]]] = [
        (Role.VIEWER, {}),
        (Role.ADMIN, {"types": ["career"]}),
        (Role.ADMIN, {"locales": ["de"]}),
        (Role.ADMIN, {"attributes": ["salary"]}),
    ]
    for role, scope in others:
        assert refusal(newsroom.client(role, **scope), content)[:2] == (403, "FORBIDDEN"), scope
    assert not store.exists()
    uploaded(newsroom.client(Role.AUTHOR, types=["image"]), content)
    with reading(newsroom.engine) as session:
        assert [it["actor"] for it in audit.export(session) if it["verb"] == "upload-image"] == ["token:author"]


def test_the_same_bytes_are_one_file(newsroom: Newsroom, store: Path) -> None:
    author = newsroom.client(Role.AUTHOR)
    assert uploaded(author) == uploaded(author)
    assert len([it for it in store.rglob("*") if it.is_file()]) == 1


def test_an_image_from_its_upload_to_the_page(newsroom: Newsroom) -> None:
    editor, public = newsroom.client(Role.EDITOR), newsroom.public
    file = uploaded(editor)
    assert save(editor, file, credit="Ann", focalPoint={"x": 0.25, "y": 0.75})["__typename"] == "SavedDraft"
    edit(editor, "CAREER", "accountant", image={"slug": SLUG})
    publish(newsroom, editor, key("IMAGE", SLUG), key("CAREER", "accountant"))
    image = data(public, IMAGE, width=500)["image"]
    assert image == {
        "url": address(file, 640),
        "srcset": ", ".join([f"{address(file, it)} {it}w" for it in (160, 320, 640)] + [f"{address(file)} 800w"]),
        "widths": [160, 320, 640, 800],
        "width": 800,
        "height": 600,
        "alt": "Somebody at work",
        "credit": "Ann",
        "focalPoint": {"x": 0.25, "y": 0.75},
    }
    assert [data(public, IMAGE, width=it)["image"]["url"] for it in (-1, 0, 160, 161, 9_999, None)] == [
        *[address(file, width) for width in (160, 160, 160, 320)],
        *[address(file)] * 2,
    ]
    save(editor, file, credit="Bob")
    publish(newsroom, editor, key("IMAGE", SLUG))
    assert data(public, IMAGE)["image"]["credit"] == "Bob", "a career shows its image as it is now"


def test_an_image_elsewhere_stays_as_it_is(newsroom: Newsroom) -> None:
    editor = newsroom.client(Role.EDITOR)
    elsewhere = {"url": "https://images.example/a.jpg", "alt": {"en": "A desk"}}
    edit(editor, "CAREER", "accountant", image=elsewhere)
    publish(newsroom, editor, key("CAREER", "accountant"))
    image = data(newsroom.public, IMAGE, width=100)["image"]
    assert (image["url"], image["widths"], image["srcset"], image["width"]) == (elsewhere["url"], [], None, None)


def test_a_published_file_may_be_kept_for_good(newsroom: Newsroom) -> None:
    editor, public = newsroom.client(Role.EDITOR), newsroom.public
    file = uploaded(editor)
    save(editor, file)
    publish(newsroom, editor, key("IMAGE", SLUG))
    response = public.get(address(file))
    assert (response.status_code, len(response.content)) == (200, file["bytes"])
    headers = response.headers
    assert (headers["content-type"], headers["cache-control"]) == ("image/jpeg", FOREVER)
    assert (headers["x-content-type-options"], headers["surrogate-key"]) == ("nosniff", f"image:{SLUG}")
    assert "sandbox" in headers["content-security-policy"]
    same = public.get(address(file), headers={"If-None-Match": headers["etag"]})
    assert (same.status_code, same.content, same.headers["cache-control"]) == (304, b"", FOREVER)
    assert public.request("HEAD", address(file)).status_code == 200
    for method in ("POST", "PUT", "DELETE"):
        assert public.request(method, address(file)).status_code == 405


def test_widths_are_made_once_and_there_are_no_others(
    newsroom: Newsroom, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor, public = newsroom.client(Role.EDITOR), newsroom.public
    file = uploaded(editor)
    save(editor, file)
    publish(newsroom, editor, key("IMAGE", SLUG))
    first = public.get(address(file, 320))
    assert opened(first.content).size == (320, 240)
    monkeypatch.setattr("careergraph.editorial.media.library.decode", None)
    assert public.get(address(file, 320)).content == first.content
    for wrong in (address(file, 321), address(file, 800), address(file, 960), address(file, 99_999)):
        assert public.get(wrong).status_code == 404
    for wrong in (address(file).replace("jpeg", "png"), address(file).upper(), "/media/..%2f..%2fvar", "/media/x.png"):
        assert public.get(wrong).status_code == 404
    names = {address(file, width).removeprefix("/media/") for width in (320, None)}
    assert {it.name for it in store.rglob("*") if it.is_file()} == names


def test_a_draft_s_file_is_for_editors_and_previews_alone(newsroom: Newsroom) -> None:
    editor, public = newsroom.client(Role.EDITOR), newsroom.public
    file = uploaded(editor)
    places = (address(file), address(file, 320))
    assert [public.get(it).status_code for it in places] == [404, 404]
    nothing = public.get("/media/" + "0" * 64 + ".jpeg")
    assert public.get(places[0]).json() == nothing.json(), "it does not even tell that there is one"
    save(editor, file)
    for reader in (editor, newsroom.client(Role.VIEWER), newsroom.client(Role.VIEWER, types=["image"])):
        for place in places:
            response = reader.get(place)
            assert (response.status_code, response.headers["cache-control"]) == (200, "no-store")
    assert newsroom.client(Role.ADMIN, types=["career"]).get(places[0]).status_code == 404
    edit(editor, "CAREER", "accountant", image={"slug": SLUG})
    documents = [key("IMAGE", SLUG), key("CAREER", "accountant")]
    secret = data(editor, PREVIEW, documents=documents, expires=TOMORROW.isoformat())["secret"]
    other = data(editor, PREVIEW, documents=documents[:1], expires=TOMORROW.isoformat())["preview"]["prefix"]
    url = data(newsroom.previewing(secret), IMAGE, width=300)["image"]["url"]
    prefix = secret.split("_")[1]
    assert url.startswith(f"{address(file, 320)}?preview={prefix}-") and secret.split("_")[2] not in url
    response = public.get(url)
    assert (response.status_code, response.headers["cache-control"]) == (200, "no-store")
    assert newsroom.previewing(secret).get(places[0]).status_code == 200
    forged = [url[:-1] + ("0" if url[-1] != "0" else "1"), url.replace(prefix, other), f"{places[0]}?preview=x"]
    assert [public.get(it).status_code for it in forged] == [404] * 3
    revoke = f'mutation {{ revokePreview(prefix: "{prefix}") {{ __typename }} }}'
    assert data(editor, revoke)["__typename"] != "Rejected"
    assert public.get(url).status_code == 404


def test_a_file_is_out_of_reach_once_its_image_is_live_no_longer(newsroom: Newsroom) -> None:
    editor, public = newsroom.client(Role.EDITOR), newsroom.public
    first, second = uploaded(editor), uploaded(editor, written("PNG"))
    save(editor, first)
    publish(newsroom, editor, key("IMAGE", SLUG))
    assert public.get(address(first)).status_code == 200
    save(editor, second)
    assert public.get(address(second)).status_code == 404
    publish(newsroom, editor, key("IMAGE", SLUG))
    assert [public.get(address(it)).status_code for it in (first, second)] == [404, 200]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"sha256": "0" * 64}, "file"),
        ({"width": 4_000}, "file"),
        ({"mediaType": "text/html"}, "file"),
        (None, "file"),
    ],
)
def test_a_document_names_a_file_that_was_uploaded(newsroom: Newsroom, change: Any, path: str) -> None:
    editor = newsroom.client(Role.EDITOR)
    file = uploaded(editor)
    saved = save(editor, None if change is None else {**file, **change})
    if change is None:  # a draft may lack it
        saved = data(editor, PUBLISH, documents=[key("IMAGE", SLUG)])
    assert [(it["code"], it["path"]) for it in saved["problems"]] == [("BAD_IMAGE", path)]


@pytest.mark.parametrize(
    ("image", "codes"),
    [
        ({"slug": "nobody"}, ["UNKNOWN_REFERENCE"]),
        ({"slug": SLUG, "url": "https://images.example/a.jpg"}, ["BAD_IMAGE"]),
        ({"slug": SLUG, "alt": {"en": "Twice"}}, ["BAD_IMAGE"]),
        ({}, ["BAD_IMAGE"]),
        ({"url": "javascript:alert(1)", "alt": {"en": "x"}}, ["BAD_URL"]),
    ],
)
def test_a_career_names_an_image_or_an_address(newsroom: Newsroom, image: Any, codes: list[str]) -> None:
    editor = newsroom.client(Role.EDITOR)
    save(editor, uploaded(editor))
    publish(newsroom, editor, key("IMAGE", SLUG))
    edit(editor, "CAREER", "accountant", image=image)
    answer = data(editor, PUBLISH, documents=[key("CAREER", "accountant")])
    assert [it["code"] for it in answer["problems"]] == codes


def test_a_focal_point_lies_in_the_picture(newsroom: Newsroom) -> None:
    editor = newsroom.client(Role.EDITOR)
    save(editor, uploaded(editor), focalPoint={"x": 1.5, "y": 0})
    answer = data(editor, PUBLISH, documents=[key("IMAGE", SLUG)])
    assert [(it["code"], it["path"]) for it in answer["problems"]] == [("BAD_NUMBER", "focalPoint.x")]


def test_what_no_draft_names_is_removed_after_a_day(newsroom: Newsroom, store: Path) -> None:
    editor = newsroom.client(Role.EDITOR)
    used, unused = uploaded(editor), uploaded(editor, written("PNG"))
    save(editor, used)
    assert editor.get(address(unused, 160)).status_code == 200
    library, now = Library(str(store)), datetime.now(UTC)
    assert library.prune(newsroom.engine, now) == 0
    assert library.prune(newsroom.engine, now + timedelta(days=2)) == 1
    assert [it.name for it in store.rglob("*") if it.is_file()] == [address(used).removeprefix("/media/")]
    assert (editor.get(address(unused)).status_code, editor.get(address(used)).status_code) == (404, 200)
    uploaded(editor, written("PNG"))
    assert editor.get(address(unused)).status_code == 200


def test_a_store_that_fails_is_an_error_that_says_so(newsroom: Newsroom, store: Path) -> None:
    store.write_bytes(b"no folder")
    editor = newsroom.client(Role.EDITOR)
    assert refusal(editor, written("PNG"))[:2] == (503, "NOT_READY")


@pytest.mark.parametrize("pages", [True, False])
def test_without_a_store_it_is_said_what_is_missing(sqlite_url: str, monkeypatch: Any, *, pages: bool) -> None:
    """The setting alone, or the package too."""
    engine: Engine = connect(sqlite_url)
    newsroom = Newsroom(engine, pages=pages)
    admin = newsroom.client(Role.ADMIN)
    status, code, message = refusal(admin, written("PNG"))
    assert (status, code) == (501, "NO_MEDIA")
    assert "media_store" in message and "Pillow" not in message
    monkeypatch.setattr("careergraph.web.parts.find_spec", lambda name: None)
    assert "careergraph[media]" in refusal(admin, written("PNG"))[2]
    assert admin.get("/media").headers["allow"] == "PUT, OPTIONS"
    assert admin.request("PUT", "/media/x.png").status_code == 404
    newsroom.close()
    engine.dispose()


def test_files_may_lie_at_any_address(sqlite_url: str) -> None:
    """Here in memory, by fsspec; `url` is where clients read them."""
    engine: Engine = connect(sqlite_url)
    newsroom = Newsroom(engine, media_store="memory://images", media_url="https://cdn.example/media/")
    editor = newsroom.client(Role.EDITOR)
    file = uploaded(editor)
    save(editor, file)
    edit(editor, "CAREER", "accountant", image={"slug": SLUG})
    publish(newsroom, editor, key("IMAGE", SLUG), key("CAREER", "accountant"))
    assert opened(newsroom.public.get(address(file, 160)).content).size == (160, 120)
    url = data(newsroom.public, IMAGE)["image"]["url"]
    assert url == f"https://cdn.example{address(file)}"
    newsroom.close()
    engine.dispose()


def test_while_images_are_decoded_others_are_answered(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also others who need a thread; and no more wait than there is room for."""
    over, author = Event(), newsroom.secret(Role.AUTHOR)

    def decode(content: bytes) -> Any:
        assert over.wait(CEILING)
        raise BadImage("it was a test")

    monkeypatch.setattr("careergraph.editorial.media.library.decode", decode)
    statuses: list[int] = []

    async def ask() -> None:
        transport, answered = httpx.ASGITransport(newsroom.app), anyio.Event()
        headers = {"Authorization": f"Bearer {author}"}
        async with httpx.AsyncClient(transport=transport, base_url="http://host", headers=headers) as client:

            async def upload() -> None:
                statuses.append((await client.put("/media", content=b"x", timeout=60)).status_code)
                answered.set()

            async with anyio.create_task_group() as tasks:
                for _ in range(MAX_WAITING + 1):
                    tasks.start_soon(upload)
                await answered.wait()
                assert statuses == [503]
                answer = await client.post("/graphql", json={"query": "{ editor { me { name } } }"})
                assert answer.json()["data"] == {"editor": {"me": {"name": "token:author"}}}
                over.set()

    anyio.run(ask)
    assert statuses == [503] + [422] * MAX_WAITING
