"""The queries that GraphiQL opens with: one for each thing that a newcomer may want to see."""

import json
from itertools import islice
from typing import NamedTuple

from careergraph.engine.content import Career, Catalog
from careergraph.web.developer.sample import sample_pair, sample_query

_CAREERS = """\
query Careers($filter: CareerFilter, $first: Int) {
  careers(filter: $filter, first: $first, orderBy: [{ by: TITLE }]) {
    totalCount
    edges {
      node {
        title
        category { name }
        values {
          attribute { label }
          display
        }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
"""

_SEARCH = """\
query Search($text: String!) {
  search(text: $text, first: 5) {
    score
    matched
    node {
      __typename
      ... on Career { slug title }
      ... on Skill { slug name }
      ... on Category { slug name }
      ... on Collection { slug title }
    }
  }
}
"""

_PATH = """\
query Path($from: String!, $to: String!) {
  transitionPath(from: $from, to: $to) {
    months
    steps {
      transition {
        from { title }
        to { title }
        grade
        months
        statements { text }
        gain { text }
      }
    }
    direct { transition { grade } }
  }
}
"""

_SEVERAL = """\
query Several($careers: [String!]!) {
  multiComparison(careers: $careers) {
    title
    rows {
      attribute { label }
      values { display }
      leaders { title }
    }
    skills {
      concept { name }
      holders { title }
    }
    statements { text }
  }
}
"""


class Example(NamedTuple):
    """A query, and its variables as the JSON text that GraphiQL shows."""

    query: str
    variables: str = ""


def examples(catalog: Catalog | None) -> list[Example]:
    """The examples over careers that the catalog has.

    The first has no name, so that GraphiQL runs it without a choice. It is the only one without two careers to compare.
    """
    pair = sample_pair(catalog) if catalog else None
    first = Example(sample_query(pair))
    if catalog is None or pair is None:
        return [first]
    a, b = (catalog.careers[slug] for slug in pair)
    return [
        first,
        _example(_CAREERS, filter={"category": [a.category.slug]}, first=10),
        _example(_SEARCH, text=_title(catalog, a)),
        _example(_PATH, **{"from": a.slug, "to": b.slug}),
        _example(_SEVERAL, careers=_group(catalog, pair)),
    ]


def _example(query: str, **variables: object) -> Example:
    return Example(query, json.dumps(variables, indent=2, ensure_ascii=False))


def _title(catalog: Catalog, career: Career) -> str:
    locale = catalog.locales.get(catalog.default_locale)
    return locale.read(career.title) if locale else next(iter(career.title.values()), career.slug)


def _group(catalog: Catalog, pair: tuple[str, str]) -> list[str]:
    """The pair and the careers that stand behind it in its collection, or else in the catalog; at most four."""
    listed = [slug for item in catalog.collections.values() if item.careers[:2] == pair for slug in item.careers]
    others = [slug for slug in listed if slug in catalog.careers] + list(islice(catalog.careers, 4))
    return list(dict.fromkeys([*pair, *others]))[:4]
