"""Scenarios: what is asked, of which careers, and what must be in the answers."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
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


@dataclass(frozen=True)
class Scenario:
    """What is asked. `least` is what the CPU time of a bare uvicorn shall be of ours at least; `kept` says whether
    answers may come from the cache."""

    name: str
    path: str
    query: str
    least: float | None
    variables: Sequence[dict[str, object]]
    expected: Sequence[bytes]
    kept: bool = True

    def requests(self) -> Iterator[Request]:
        """The requests, for ever."""
        return cycle(list(zip(map(self.request, self.variables), self.expected, strict=True)))

    def alike(self, expected: bytes) -> Iterator[Request]:
        """The same requests for a server that answers them all alike."""
        return cycle([(self.request(it, self.path), expected) for it in self.variables])

    def request(self, variables: dict[str, object], path: str = "/graphql") -> bytes:
        """One request."""
        return post(path, self.body(variables))

    def body(self, variables: dict[str, object]) -> bytes:
        """The body of one request."""
        return json.dumps({"query": self.query, "variables": variables}).encode()


def scenarios(catalog: Catalog, cursors: Sequence[str], count: int) -> list[Scenario]:
    """The scenarios of the benchmark, the ever different ones with so many requests before one comes again.

    `cursors` are those of all careers, in the order of the list.
    """
    random = Random(7)
    few, many, more = (_pairs(catalog, random, it) for it in (100, count, count))
    careers = [_written(it.slug) for it in select(localize(catalog))]
    pages: list[dict[str, object]] = [{"after": it} for it in cursors[:-50]]
    return [
        Scenario("repeated pairs", "/repeated", PAGE, 0.85, few, _titles(catalog, few)),
        Scenario("a different pair each time", "/different", PAGE, 0.35, many, _titles(catalog, many)),
        Scenario("the same with all facts", "/facts", FACTS, 0.20, more, _titles(catalog, more)),
        Scenario("a list of 50 careers", "/list", LIST, 0.40, pages, careers[1 : len(pages) + 1], kept=False),
    ]


def _pairs(catalog: Catalog, random: Random, count: int) -> list[dict[str, object]]:
    slugs = list(catalog.careers)
    pairs: dict[tuple[str, ...], None] = {}
    while len(pairs) < count:
        pairs[tuple(random.sample(slugs, 2))] = None
    return [{"a": a, "b": b} for a, b in pairs]


def _titles(catalog: Catalog, pairs: Sequence[dict[str, object]]) -> list[bytes]:
    localized = localize(catalog)
    careers = [(catalog.careers[str(it["a"])], catalog.careers[str(it["b"])]) for it in pairs]
    return [_written(versus(localized, it)) for it in careers]


def _written(text: str) -> bytes:
    return json.dumps(text, ensure_ascii=False).encode()
