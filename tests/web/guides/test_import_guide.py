"""The guide to imports over the API: its requests are sent, in their order, as it shows them."""

import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from careergraph.editorial.access.actor import Role
from careergraph.editorial.worker.worker import Worker
from web.editing import Newsroom, data

GUIDE = (Path(__file__).parents[3] / "docs" / "how-to" / "import.md").read_text(encoding="utf-8")
FIGURES = """career,attribute,value,unit,source,date
data-scientist,demand-score,8.5,points,editorial-estimate,2026
"""


@pytest.mark.usefixtures("forked_imports")
def test_the_requests_of_the_guide_import_a_table(engine: Engine, tmp_path: Path) -> None:
    start, look, apply = re.findall(r"^```graphql\n# editor\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)
    (path,) = re.findall(r"^curl -T (demand\.csv) .*/uploads/$", GUIDE, re.MULTILINE)
    newsroom = Newsroom(engine, imports_folder=str(tmp_path / "imports"))
    worker = Worker(engine, imports=newsroom.careergraph.config.imports.parse())
    editor = newsroom.client(Role.EDITOR)
    upload = editor.request("PUT", f"/uploads/{path}", content=FIGURES).json()
    job: Any = data(editor, start.replace("ID", upload["id"]))
    assert job == {"number": 1, "state": "WAITING"}
    worker.import_due()
    job = data(editor, look)["importJob"]
    assert (job["state"], job["problems"]) == ("DONE", [])
    assert job["counts"] == [{"kind": "CHANGED", "type": "CAREER", "count": 1}]
    (item,) = job["items"]["nodes"]
    assert (item["kind"], item["key"]) == ("CHANGED", {"type": "CAREER", "slug": "data-scientist"})
    assert data(editor, apply) == {"number": 2, "state": "WAITING"}
    (done,) = worker.import_due()
    assert (done.state, done.problems) == ("DONE", [])
    query = '{ career(slug: "data-scientist") { value(attribute: "demand-score") { display } } }'
    assert newsroom.public.ask(query)["data"]["career"]["value"] == {"display": "8.5/10"}
    newsroom.close()
