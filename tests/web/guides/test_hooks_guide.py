"""The example in the guide to hooks runs in an app, and does what the page says."""

import logging
import re
from pathlib import Path
from typing import Any

import pytest

from careergraph.editorial.access.actor import Role
from careergraph.store.database.database import connect
from waiting import wait_until
from web.editing import PUBLISH, SAVE, Newsroom, data, key

GUIDE = Path(__file__).parents[3] / "docs" / "how-to" / "hooks.md"


def test_the_host_checks_and_follows_as_the_guide_shows(sqlite_url: str, caplog: pytest.LogCaptureFixture) -> None:
    match = re.search(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert match
    names: dict[str, Any] = {}
    exec(compile(match[1], str(GUIDE), "exec"), names)  # noqa: S102 - the page is ours
    config = names["careers"].config
    hooks = {name: getattr(config, name) for name in ("before_save", "before_publish", "after_change")}
    engine = connect(sqlite_url)
    newsroom = Newsroom(engine, **hooks, document_url="https://cms.example/{type}/{slug}")
    editor = newsroom.client(Role.EDITOR)
    filler = {"slug": "x", "title": {"en": "Lorem ipsum"}, "careers": []}
    refused = data(editor, SAVE, type="COLLECTION", document=filler)
    assert refused["problems"] == [
        {"code": "REFUSED_BY_HOST", "path": "title.en", "message": "The title is a filler text."}
    ]
    with caplog.at_level(logging.INFO, "careers"):
        saved = data(editor, SAVE, type="COLLECTION", document={**filler, "title": {"en": "Numbers"}})
        assert saved["__typename"] == "SavedDraft"
        wait_until(lambda: "token:editor: save-draft x" in caplog.text)
    answer = data(editor, PUBLISH, documents=[key("COLLECTION", "x")])
    assert [it["code"] for it in answer["problems"]] == ["REFUSED_BY_HOST"]
    noted = PUBLISH.replace("without: $without", 'note: "asked for"').replace(", $without: [String!]", "")
    assert data(editor, noted, documents=[key("COLLECTION", "x")])["__typename"] == "Publication"
    engine.dispose()
