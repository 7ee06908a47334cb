"""Merging: a change of one side is taken over, and where both changed a field, the editors' value stays as a
conflict."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from careergraph.editorial.importers.database_snapshot import slug_of
from careergraph.editorial.importers.merge import adopt, merge
from careergraph.editorial.importers.source_data import Section, whole
from depth import depth

words = st.sampled_from(("one", "two", "three"))
texts = st.dictionaries(st.sampled_from(("en", "de")), words, min_size=1)
values = st.lists(
    st.fixed_dictionaries({"attribute": st.sampled_from("xyz"), "value": st.integers(0, 2)}),
    unique_by=lambda it: it["attribute"],
    max_size=3,
)
bodies = st.fixed_dictionaries(
    {"title": texts},
    optional={
        "values": values.filter(bool),
        "aliases": st.fixed_dictionaries({"en": st.lists(words, unique=True, min_size=1)}),
        "category": words,
    },
)


@settings(max_examples=depth(40, 150))
@given(bodies, bodies, bodies)
def test_each_side_alone_has_its_way(base: dict[str, Any], incoming: dict[str, Any], current: dict[str, Any]) -> None:
    assert (merge(base, base, current).body, merge(base, base, current).conflicts) == (current, ())
    assert (merge(base, incoming, base).body, merge(base, incoming, base).conflicts) == (incoming, ())
    assert merge(base, incoming, incoming).conflicts == ()
    assert merge(base, incoming, incoming).body == incoming


@settings(max_examples=depth(40, 150))
@given(bodies, bodies, bodies)
def test_merging_again_changes_nothing(base: dict[str, Any], incoming: dict[str, Any], current: dict[str, Any]) -> None:
    """The source's state is the next base: an import right after another finds nothing to do."""
    once = merge(base, incoming, current).body
    again = merge(incoming, incoming, once)
    assert (again.body, again.conflicts) == (once, ())


def test_a_figure_is_one_field() -> None:
    """Half of an editor's figure and half of the source's would be nobody's."""
    base = {"values": [{"attribute": "x", "value": 1, "method": {"en": "a"}}]}
    incoming = {"values": [{"attribute": "x", "value": 2, "method": {"en": "a"}}]}
    current = {"values": [{"attribute": "x", "value": 1, "method": {"en": "b"}}]}
    result = merge(base, incoming, current)
    assert (result.body, result.conflicts) == (
        current,
        ((("values", "x"), incoming["values"][0], current["values"][0]),),
    )


def test_what_editors_took_out_stays_out() -> None:
    base = {"aliases": {"en": ["a", "b"]}, "values": [{"attribute": "x", "value": 1}]}
    incoming = {"aliases": {"en": ["a", "b", "c"]}, "values": [{"attribute": "x", "value": 2}]}
    current = {"aliases": {"en": ["b", "mine"]}}
    result = merge(base, incoming, current)
    assert result.body["aliases"] == {"en": ["b", "mine", "c"]}
    assert ("values" in result.body, result.conflicts) == (False, ((("values",), incoming["values"], None),))


def test_what_was_there_first_is_filled_in() -> None:
    current = {"slug": "s", "title": {"en": "Mine"}, "values": [{"attribute": "x", "value": 1}]}
    incoming: dict[str, Any] = {
        "slug": "s",
        "title": {"en": "Theirs"},
        "category": "c",
        "values": [{"attribute": "x", "value": 2}, {"attribute": "y", "value": 3}],
    }
    result = adopt(incoming, current, titles={"en": "Theirs"}, ours=lambda value: False)
    values = [*current["values"], {"attribute": "y", "value": 3}]
    assert result.body == {**current, "category": "c", "values": values, "aliases": {"en": ["Theirs"]}}
    assert [it.steps for it in result.conflicts] == [("values", "x")]
    assert (
        adopt(incoming, current, titles={"en": "Theirs"}, ours=lambda value: True).body["values"] == incoming["values"]
    )
    assert adopt({"values": incoming["values"][1:]}, current, titles={}, ours=lambda value: True).body["values"] == [
        {"attribute": "x", "value": 1},
        {"attribute": "y", "value": 3},
    ]


def test_a_document_takes_over_the_aliases_of_a_source_behind_its_own() -> None:
    """Whoever searches for `RN` finds the career that was there before the source."""
    current = {"title": {"en": "Registered Nurse"}, "aliases": {"en": ["Staff nurse"]}}
    incoming = {"aliases": {"en": ["RN", "registered nurse", "STAFF NURSE"], "de": ["Pflegerin"]}}
    result = adopt(incoming, current, titles={"en": "Registered Nurses"}, ours=lambda value: False)
    assert result.body["aliases"] == {"en": ["Registered Nurses", "Staff nurse", "RN"], "de": ["Pflegerin"]}
    again = merge(incoming, incoming, result.body)
    assert (again.body, again.conflicts) == (result.body, ())


def test_sections_follow_one_another() -> None:
    sections: dict[str, Section] = {
        "1": {"aliases": {"en": ["b", "a"]}, "values": [1]},
        "0": {"aliases": {"en": ["a"], "de": ["c"]}},
        "2": {"values": [2]},
    }
    assert whole(sections) == {"aliases": {"en": ["a", "b"], "de": ["c"]}, "values": [1, 2]}


def test_slugs() -> None:
    names = {
        "Chief Executives": "chief-executives",
        "Ärzte & Pfleger": "arzte-pfleger",
        "C++": "c-plus-plus",
        "C#": "c-sharp",
        "IEEE vs ISO": "ieee-versus-iso",
        "日本": "x",
        "x" * 200: "x" * 80,
    }
    assert {name: slug_of(name) for name in names} == names
