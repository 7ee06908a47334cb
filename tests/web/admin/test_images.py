"""Images in the admin: uploaded, seen, saved and replaced; by who may, in no form that somebody forged."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from careergraph.editorial.access.actor import Role
from careergraph.store.database.database import connect
from web.admin.conftest import signed_in
from web.admin.person import Fields, Person
from web.editing import Newsroom, standing
from web.media.pictures import picture, written


@pytest.fixture(scope="module")
def gallery(seeded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """An app with the admin and a store of images."""
    folder = tmp_path_factory.mktemp("gallery")
    shutil.copyfile(seeded_file, folder / "seeded.db")
    (folder / "media").mkdir()
    (folder / "secret.png").write_bytes(b"SECRET")
    newsroom = Newsroom(connect(f"sqlite:///{folder}/seeded.db"), admin_path="/admin", media_store=f"{folder}/media")
    yield newsroom
    newsroom.close()


def test_a_picture_is_uploaded_seen_saved_and_replaced(gallery: Newsroom) -> None:
    author = signed_in(gallery, Role.AUTHOR)
    token = {"csrf": author.csrf}
    assert 'type="file"' in author.get("new/image").text
    sent = author.upload("images", token, {"file": ("carver.png", written("PNG"))})
    assert sent.status_code == 200 and 'src="data:image/png;base64,' in sent.text and "800 × 600 pixels" in sent.text
    fields = form_of(sent.text) | {"slug": "carver", "alt/en": "A carver", "do": "save"}
    saved = author.post("new/image", fields)
    assert saved.headers["location"].startswith("../documents/image/carver"), saved.text
    assert 'src="data:image/png' in author.get("documents/image/carver").text
    audit = signed_in(gallery, Role.ADMIN).get("audit?verb=upload-image").text
    assert "<tbody>" in audit and "documents/image/" not in audit, "a file is no document yet"
    first = file_of(gallery)
    other = author.upload("images/carver", token, {"file": ("x.png", written("PNG", picture((640, 400))))})
    assert "640 × 400" in other.text and file_of(gallery) == first, "nothing is saved yet"
    assert author.post("documents/image/carver", form_of(other.text) | {"do": "save"}).status_code == 303
    assert (file_of(gallery)["width"], first["width"]) == (640, 800)


def test_a_career_gets_its_picture_in_its_own_form(gallery: Newsroom) -> None:
    """What was typed stays, nothing of the career is saved before it is said, and both are published together."""
    editor = signed_in(gallery, Role.EDITOR)
    path, page = "documents/career/plumber", editor.get("documents/career/plumber").text
    assert 'name="@picture"' in page and 'formenctype="multipart/form-data"' in page
    fields = form_of(page) | {"title/en": "Plumber of pipes", "do": "picture"}
    fields.pop("@picture")
    for alt, file, message in (("", written("PNG"), "Write what"), ("A plumber", b"no image", "problem")):
        sent = editor.upload(path, fields | {"@picture-alt": alt}, {"@picture": ("p.png", file)})
        assert sent.status_code == 422 and message in sent.text and "Plumber of pipes" in sent.text
    picture = {"@picture": ("p.png", written("PNG"))}
    sent = editor.upload(path, fields | {"@picture-alt": "A plumber at work"}, picture)
    assert sent.status_code == 200 and 'src="data:image/png;base64,' in sent.text, sent.text[:2000]
    form = form_of(sent.text)
    assert form["title/en"] == "Plumber of pipes" and form["image/slug"].startswith("plumber-")
    viewer = gallery.client(Role.VIEWER)
    assert standing(viewer, "CAREER", "plumber")["draft"] is None, "nothing of the career is saved yet"
    image = standing(viewer, "IMAGE", form["image/slug"])
    assert image["draft"]["document"]["alt"] == {"en": "A plumber at work"} and not image["isLive"]
    assert editor.post(path, form | {"do": "save"}).status_code == 303
    assert 'name="also" value="image/plumber-' in editor.get(f"{path}/changes").text
    assert editor.get(f"{path}/impact").text.count('role="alert"') == 0
    assert editor.send(f"{path}/changes", to=f"{path}/publish").status_code == 303
    assert standing(viewer, "CAREER", "plumber")["live"]["image"] == {"slug": form["image/slug"]}
    again = editor.upload(path, form_of(editor.get(path).text) | fields | {"@picture-alt": "x"}, picture)
    assert form_of(again.text)["image/slug"] == form["image/slug"], "the same picture is the same image"


def test_nothing_else_is_taken_or_shown(gallery: Newsroom) -> None:
    author, viewer = signed_in(gallery, Role.AUTHOR), signed_in(gallery, Role.VIEWER)
    token = {"csrf": author.csrf}
    bad = {"file": ("x.svg", b"<svg onload=alert(1)>")}
    assert author.upload("images", token, bad).status_code == 422
    assert author.upload("images", {"csrf": "0" * 64}, bad).status_code == 403
    assert viewer.upload("images", {"csrf": viewer.csrf}, bad).status_code == 404
    for path in ("documents/career/plumber", "documents/career/plumber/publish", "new/career"):
        assert viewer.upload(path, {"csrf": viewer.csrf, "do": "picture"}, bad).status_code == 404
    assert author.get("images").status_code == 404
    forged = '{"sha256": "../../secret", "mediaType": "image/png", "width": 9, "height": 9, "bytes": 6}'
    page = author.post("new/image", form_of(author.get("new/image").text) | {"@file": forged, "do": "show"})
    assert page.status_code == 200 and "U0VDUkVU" not in page.text and "data:image/png" not in page.text
    narrow = signed_in(gallery, Role.AUTHOR, types=["career"])
    assert narrow.upload("images", {"csrf": narrow.csrf}, {"file": ("x.png", written("PNG"))}).status_code == 404


def form_of(html: str) -> dict[str, str]:
    """The fields of the form of an image."""
    fields = [pair for pair in Fields(html).fields if pair[0] != "file"]
    return dict(fields)


def file_of(gallery: Newsroom) -> Any:
    """The file of the draft."""
    return standing(gallery.client(Role.VIEWER), "IMAGE", "carver")["draft"]["document"]["file"]


def test_a_part_that_may_be_left_out_requires_nothing(editor: Person) -> None:
    """No star on a focal point that no image needs; an image that a career may have is chosen by what it is."""
    new = editor.get("new/image").text
    assert 'name="focalPoint/x"' in new and not re.search(r'name="focalPoint/x"[^>]*aria-required', new)
    assert re.search(r'name="slug"[^>]*aria-required', new)
    page = editor.get("documents/career/plumber").text
    assert "An image that there is</label>" in page
