"""The pages of the reference that follow from code are what the code says."""

from pathlib import Path

import pytest

from careergraph.api.base.codes import EditorCode
from careergraph.api.reference import pages
from careergraph.editorial.content.problem import ProblemCode
from careergraph.engine.errors import Code
from careergraph.engine.text.statement import Rule
from careergraph.web.core.codes import WebCode

FOLDER = Path(__file__).parents[2] / "docs" / "reference"
PAGES = pages(WebCode)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_up_to_date(name: str) -> None:
    """A table that somebody keeps by hand is wrong within a month. `tests/api/write_reference.py` writes it anew."""
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name]


def test_every_code_and_rule_has_its_line_once() -> None:
    for name in (*Code, *WebCode, *EditorCode):
        assert PAGES["errors.md"].count(f"| `{name.value}` |") == 1
    for problem in ProblemCode:
        assert PAGES["problems.md"].count(f"| `{problem.value}` |") == 1
    for rule in Rule:
        assert PAGES["rules.md"].count(f"| `{rule.value}` |") == 1
