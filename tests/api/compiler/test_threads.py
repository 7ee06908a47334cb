"""Threads that run one plan share its fragments, and neither takes them from the other."""

from dataclasses import replace

from graphql import parse

from api.asking import SEEDED
from api.compiler.comparing import CORE
from careergraph.api.base.view import View
from careergraph.api.compiler import compile_plan
from careergraph.api.compiler import fragment_cache as keeping
from careergraph.api.compiler.comparison.row_form import RowForm
from careergraph.api.compiler.comparison.statement_form import StatementForm
from careergraph.engine.text.localized_catalog import localize
from interrupted import Work, interrupted
from truth.seeded import catalog

QUERY = """query ($a: String!, $b: String!) { comparison(a: $a, b: $b) {
  glance { rows { a { display } outcome b { display } } }
  summary { text facts { count } }
} }"""


def test_two_threads_have_the_same_shelves() -> None:
    def begin() -> tuple[Work, Work]:
        cache, view = keeping.FragmentCache([True]), View(localize(catalog()))
        return lambda: cache.of(view), lambda: cache.of(view)

    assert all(a is b for a, b in interrupted(keeping.FragmentCache.of, begin))


def test_a_thread_that_drops_all_fragments_takes_none_from_another_that_renders() -> None:
    plan = compile_plan(CORE, parse(QUERY), soon=1)
    assert plan is not None
    pair = dict(zip("ab", catalog().careers, strict=False))

    def begin() -> tuple[Work, Work]:
        context = replace(SEEDED, catalog=replace(catalog()))
        return lambda: plan.run(pair, context), drop

    whole = plan.run(pair, SEEDED)
    assert whole is not None
    for function in (RowForm._cut, StatementForm.template):
        assert {data for data, _ in interrupted(function, begin, 60)} == {whole}


def drop() -> None:
    """Do what a thread does whose fragments no longer fit."""
    for kept in list(keeping._room.caches):
        kept.empty()
