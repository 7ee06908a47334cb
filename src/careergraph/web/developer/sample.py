"""The comparison our pages show as an example: two careers that an editor put first in a collection."""

import json
from itertools import islice

from careergraph.engine.content import Career, Catalog
from careergraph.engine.similarity.skill_matching import compare_skills

QUERY = """\
{
  comparison(a: %s, b: %s) {
    title
    summary { text }
    glance {
      rows {
        attribute { label }
        a { display }
        b { display }
        outcome
      }
    }
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
}
"""

SHORT = "{ comparison(a: %s, b: %s) { title summary { text } } }"


MOST_COLLECTIONS = 50
"""How many collections are looked through for the sample."""


def sample_pair(catalog: Catalog) -> tuple[str, str] | None:
    """The slugs of two careers worth comparing, None where there are no two.

    Of the pairs that lead a collection, that with the most to compare: attributes both have, then skills that meet.
    """
    collections = islice(catalog.collections.values(), MOST_COLLECTIONS)
    pairs = [tuple(catalog.careers[slug] for slug in it.careers if slug in catalog.careers)[:2] for it in collections]
    pairs.append(tuple(islice(catalog.careers.values(), 2)))
    full = [(pair[0], pair[1]) for pair in pairs if len(pair) == 2]
    if not full:
        return None
    a, b = max(full, key=lambda pair: _richness(catalog, *pair))  # the first of those that are alike
    return a.slug, b.slug


def _richness(catalog: Catalog, a: Career, b: Career) -> tuple[int, int]:
    skills = compare_skills(catalog, a, b)
    both = a.values_by_attribute.keys() & b.values_by_attribute.keys()
    return len(both), len(skills.shared) + len(skills.related)


def sample_query(pair: tuple[str, str] | None, query: str = QUERY) -> str:
    """The query that compares a pair; one that runs on an empty catalog where there is none."""
    if pair is None:
        return "{ catalog { version careers } }\n"
    return query % tuple(json.dumps(slug) for slug in pair)
