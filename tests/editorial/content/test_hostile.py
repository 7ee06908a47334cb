"""Whatever stands in a content file, checking it ends with problems, and never with an exception."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from depth import depth
from editorial.folder import Fields, examples, problems

WORDS = [
    "",
    "x",
    "en",
    "de",
    "joiner",
    "MONEY_RANGE",
    "{n}",
    "{",
    "a-vs-b",
    "\x00",
    "\ud800",
    "\n",
    "x" * 11_000,
    "https://[",
]
NUMBERS = [0, -1, 2.5, 1e308, 10**19, 10**400, -(10**400), True, None]
KEYS = [*WORDS, "slug", "attribute"]
ODD = st.recursive(
    st.sampled_from([*WORDS, *NUMBERS]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all examples of hypothesis: each overwrites what the last one wrote."""
    return tmp_path_factory.mktemp("hostile")


@settings(max_examples=depth(40, 150), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_odd_content_is_a_problem_and_nothing_worse(folder: Path, data: st.DataObject) -> None:
    content = examples()
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.sampled_from(list(_places(content))))
        _replace(content, place, data.draw(ODD))
    texts = {name: json.dumps(documents, indent=1) for name, documents in content.items()}
    for name, text in texts.items():
        (folder / name).mkdir(exist_ok=True)
        (folder / name / "all.json").write_text(text)
    for problem in problems(folder):
        assert problem.file is not None
        assert "\n" not in str(problem)
        text = texts[Path(problem.file).parent.name]
        assert problem.line is None or 1 <= problem.line <= text.count("\n") + 1


Place = tuple[str | int, ...]


def _places(node: Any, place: Place = ()) -> Iterator[Place]:
    """Every place inside the documents: not the folders, whose names are given."""
    if len(place) > 1:
        yield place
    if isinstance(node, dict):
        for name, child in node.items():
            yield from _places(child, (*place, name))
    elif isinstance(node, list):
        for index, child in enumerate(node):
            yield from _places(child, (*place, index))


def _replace(content: dict[str, list[Fields]], place: Place, value: object) -> None:
    node: Any = content
    for step in place[:-1]:
        node = node[step]
    node[place[-1]] = value
