"""The guide to images is run: what an upload answers, the documents that name it, and the query that shows it."""

import json
import re
from pathlib import Path
from typing import Any

from careergraph.editorial.access.actor import Role
from careergraph.store.database.database import connect
from web.editing import PUBLISH, SAVE, Newsroom, data, edit, key
from web.media.pictures import written

GUIDE = (Path(__file__).parents[3] / "docs" / "how-to" / "media.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", GUIDE, re.DOTALL)


def test_a_picture_comes_from_an_upload_to_a_career(sqlite_url: str, tmp_path: Path) -> None:
    answered, document, part = map(json.loads, blocks("json"))
    [upload] = [it for it in blocks("sh") if it.startswith("curl -X PUT")]
    newsroom = Newsroom(connect(sqlite_url), media_store=str(tmp_path))
    editor = newsroom.client(Role.EDITOR)
    answer = editor.request("PUT", f"/{upload.rpartition('/')[2].strip()}", content=written("JPEG")).json()
    assert shape(answer) == shape(answered)
    image = {**document, **answer}
    assert data(editor, SAVE, type="IMAGE", document=image)["__typename"] == "SavedDraft"
    edit(editor, "CAREER", "accountant", **part)
    data(editor, PUBLISH, documents=[key("IMAGE", document["slug"]), key("CAREER", "accountant")])
    [query] = blocks("graphql")
    picture = data(editor, query, slug="accountant")["image"]
    assert (picture["alt"], picture["focalPoint"]) == (document["alt"]["en"], document["focalPoint"])
    assert picture["url"] in picture["srcset"]
    newsroom.close()
    newsroom.engine.dispose()


def shape(value: Any) -> Any:
    """The names and the types of an answer."""
    return {name: shape(it) for name, it in value.items()} if isinstance(value, dict) else type(value)
