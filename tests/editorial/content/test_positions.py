"""The line of a field is found in any JSON text, whatever its strings hold."""

import json
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from careergraph.editorial.content.content_file import Positions
from careergraph.editorial.content.problem import Steps, render

TEXT = """{
  "a": {"b": [1,
    {"c": "}],{:"}
  ]},
  "d\\"e": null
}"""


def test_fields_and_items_are_on_their_lines() -> None:
    positions = Positions(TEXT)
    lines = {(): 1, ("a",): 2, ("a", "b", 0): 2, ("a", "b", 1): 3, ("a", "b", 1, "c"): 3, ('d"e',): 5}
    assert {steps: positions.line(steps) for steps in lines} == lines


def test_what_is_missing_is_found_at_what_is_around_it() -> None:
    assert Positions(TEXT).line(("a", "b", 1, "x", "y")) == 3


def test_a_key_that_is_there_twice_is_found_at_its_later_place() -> None:
    assert Positions('{"a": 1,\n"b": {"a": 2,\n"a": 3}}').duplicates == ((("b", "a"), 3),)


def test_paths_read_as_in_a_program() -> None:
    assert render(("values", 2, "low")) == "values[2].low"
    assert render(("phrases", "trait.yes", "en")) == 'phrases["trait.yes"].en'
    assert "\n" not in render(("a\nb",))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(JSON)
def test_every_field_of_any_json_is_found_on_the_line_that_begins_it(value: object) -> None:
    text = json.dumps(value, indent=1)
    lines = text.split("\n")
    positions = Positions(text)
    assert positions.duplicates == ()
    for steps, child in _fields(value):
        line = lines[positions.line(steps) - 1].strip()
        if steps and isinstance(steps[-1], str):
            assert line.startswith(json.dumps(steps[-1]) + ":")
        else:
            assert line.startswith(json.dumps(child, indent=1).split("\n")[0])


def _fields(value: object, steps: Steps = ()) -> Iterator[tuple[Steps, object]]:
    yield steps, value
    if isinstance(value, dict):
        for name, child in value.items():
            yield from _fields(child, (*steps, name))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _fields(child, (*steps, index))
