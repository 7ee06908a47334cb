"""The comparison our pages show as an example: the first two careers that an editor put together."""

import json

from careergraph.engine.content import Catalog

QUERY = """\
query Comparison {
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


def sample_pair(catalog: Catalog) -> tuple[str, str] | None:
    """The slugs of two careers worth comparing: of the first collection that holds two, else the first two of all."""
    for collection in catalog.collections.values():
        held = [slug for slug in collection.careers if slug in catalog.careers]
        if len(held) > 1:
            return held[0], held[1]
    slugs = list(catalog.careers)[:2]
    return (slugs[0], slugs[1]) if len(slugs) == 2 else None


def sample_query(pair: tuple[str, str] | None, query: str = QUERY) -> str:
    """The query that compares a pair; one that runs on an empty catalog where there is none."""
    if pair is None:
        return "{ catalog { version careers } }\n"
    return query % tuple(json.dumps(slug) for slug in pair)
