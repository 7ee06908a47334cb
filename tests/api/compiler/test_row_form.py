"""Rows in bytes: what their form keeps."""

import msgspec
from graphql import parse

from api.asking import SMALL
from api.compiler.comparing import CORE, standard
from careergraph.api.compiler import compile_plan
from careergraph.api.compiler import fragment_cache as keeping
from careergraph.api.compiler.comparison import row_form


def test_a_long_value_is_kept_once() -> None:
    """A row has the fragment of its value, which others have too, and no copy."""
    value = "{ display method observedOn attribute { key label } source { title publisher url licence } }"
    query = f'{{ comparison(a: "carpenter", b: "nurse") {{ glance {{ rows {{ a {value} b {value} }} }} }} }}'
    others, plan = set(keeping._room.caches), compile_plan(CORE, parse(query), None, soon=1)
    assert plan is not None
    assert plan.run({}, SMALL) == msgspec.json.encode({"data": standard(parse(query), {}, SMALL).data})
    (cache,) = set(keeping._room.caches) - others
    shelves = [shelf for edition in cache.editions() for shelf in edition.shelves]
    kept = [it for shelf in shelves for of in shelf.values() if type(of) is tuple for values in of for it in values]
    assert {type(it) for it in kept if len(it) > row_form.LONG} == {msgspec.Raw}
