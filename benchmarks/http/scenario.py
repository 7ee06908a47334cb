"""Scenarios: what is asked, of which careers, and what must be in the answers."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice, pairwise
from random import Random

from benchmarks.http.load import Request, post
from careergraph.engine.comparison.compare import versus
from careergraph.engine.content import Catalog
from careergraph.engine.search.career_selection import select
from careergraph.engine.text.localized_catalog import localize

PAGE = """query Page($a: String!, $b: String!) {
  comparison(a: $a, b: $b) {
    title
    summary { text }
    glance { rows { attribute { label } a { display } b { display } outcome } }
    skills {
      overlap
      aOnly { text }
      shared { a { text } b { text } }
      related { a { text } b { text } because }
      bOnly { text }
    }
    verdict {
      chooseA { reasons { text } }
      chooseB { reasons { text } }
      either { text }
      conclusion { text }
    }
  }
}"""
"""The query of a comparison page."""

_PROVEN = (
    "{ text rule outcome facts { career { slug } attribute { key } value { display } part skill { slug } count } }"
)

FACTS = PAGE.replace("summary { text }", f"summary {_PROVEN}").replace("reasons { text }", f"reasons {_PROVEN}")
FACTS = FACTS.replace("either { text }", f"either {_PROVEN}").replace("conclusion { text }", f"conclusion {_PROVEN}")
"""The same with the facts of all statements."""

LIST = """query List($after: String) {
  careers(first: 50, after: $after) { edges { node { slug title category { name } skills { text } } } }
}"""
"""Fifty careers with their category and skills."""

CURSORS = "query ($after: String) { careers(first: 100, after: $after) { edges { cursor } } }"
"""The cursors of a hundred careers."""

CAREERS = """query ($after: String) {
  attributes { key label better }
  careers(first: 100, after: $after) {
    edges {
      cursor
      node {
        slug
        title
        category { name }
        skills { text concepts { slug } }
        values { attribute { key } display ... on Number { value } ... on MoneyRange { low } ... on Level { rank } }
      }
    }
  }
}"""
"""A hundred careers, with what another server needs to answer alike."""


Variables = dict[str, object]


@dataclass(frozen=True)
class Scenario:
    """What is asked. `kept` says whether answers may come from the cache. Each server is asked for `warm_up` first, in
    which each career comes at each place: what is rendered once for a career is there then."""

    name: str
    path: str
    query: str
    variables: Sequence[Variables]
    expected: Sequence[bytes]
    warm_up: Sequence[Variables]
    kept: bool = True

    def requests(self, path: str = "/graphql", *, gzip: bool = False, start: int = 0) -> Iterator[Request]:
        """The requests, for ever, from a place on."""
        for variables, expected in islice(cycle(zip(self.variables, self.expected, strict=True)), start, None):
            yield self.request(variables, path, gzip=gzip), expected

    def alike(self, expected: bytes) -> Iterator[Request]:
        """The same requests for a server that answers them all alike."""
        return cycle([(self.request(it, self.path), expected) for it in self.variables])

    def request(self, variables: Variables, path: str = "/graphql", *, gzip: bool = False) -> bytes:
        """One request."""
        return post(path, self.body(variables), gzip=gzip)

    def body(self, variables: Variables) -> bytes:
        """The body of one request."""
        return json.dumps({"query": self.query, "variables": variables}).encode()


def scenarios(catalog: Catalog, cursors: Sequence[str], count: int) -> list[Scenario]:
    """The scenarios of the benchmark, the ever different ones with so many requests before one comes again.

    `cursors` are those of all careers, in the order of the list.
    """
    random = Random(7)
    slugs = list(catalog.careers)
    neighbours = [*pairwise(slugs), (slugs[-1], slugs[0])]
    few, many, more = (_pairs(slugs, random, it, neighbours) for it in (100, count, count))
    careers = [_written(it.slug) for it in select(localize(catalog)).careers]
    pages: list[Variables] = [{"after": it} for it in cursors[:-50]]
    first: list[Variables] = [{"a": a, "b": b} for a, b in neighbours]
    return [
        Scenario("repeated pairs", "/repeated", PAGE, few, _titles(catalog, few), few * 10),
        Scenario("a different pair each time", "/different", PAGE, many, _titles(catalog, many), first),
        Scenario("the same with all facts", "/facts", FACTS, more, _titles(catalog, more), first),
        Scenario("a list of 50 careers", "/list", LIST, pages, careers[1 : len(pages) + 1], pages, kept=False),
    ]


def _pairs(slugs: Sequence[str], random: Random, count: int, others: Sequence[tuple[str, str]]) -> list[Variables]:
    """So many pairs, none of which is among the others."""
    pairs: dict[tuple[str, ...], None] = dict.fromkeys(others)
    while len(pairs) < count + len(others):
        pairs[tuple(random.sample(slugs, 2))] = None
    return [{"a": a, "b": b} for a, b in list(pairs)[len(others) :]]


def _titles(catalog: Catalog, pairs: Sequence[Variables]) -> list[bytes]:
    localized = localize(catalog)
    careers = [(catalog.careers[str(it["a"])], catalog.careers[str(it["b"])]) for it in pairs]
    return [_written(versus(localized, it)) for it in careers]


def _written(text: str) -> bytes:
    return json.dumps(text, ensure_ascii=False).encode()
