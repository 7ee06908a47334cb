"""The sample comparison of the developer pages, of two careers that an editor put first in a collection, and the
queries in the tabs of GraphiQL, one for each feature."""

import json
from importlib.resources import files
from itertools import islice
from typing import NamedTuple

from careergraph.engine.content import Career, Catalog
from careergraph.engine.similarity.skills_comparison import compare_skills

QUERY = files("careergraph.web").joinpath("developer/queries/sample.graphql").read_text(encoding="utf-8")

SHORT = '{ comparison(a: "A", b: "B") { title summary { text } } }'


MOST_COLLECTIONS = 50
"""The number of collections that are searched for the sample."""


def sample_pair(catalog: Catalog) -> tuple[str, str] | None:
    """The slugs of the pair at the head of a collection that has the most to compare: common attributes, then common
    skills. None without two careers."""
    collections = islice(catalog.collections.values(), MOST_COLLECTIONS)
    pairs = [tuple(catalog.careers[slug] for slug in it.careers if slug in catalog.careers)[:2] for it in collections]
    pairs.append(tuple(islice(catalog.careers.values(), 2)))
    full = [(pair[0], pair[1]) for pair in pairs if len(pair) == 2]
    if not full:
        return None
    a, b = max(full, key=lambda pair: _richness(catalog, *pair))  # the first of equals
    return a.slug, b.slug


def _richness(catalog: Catalog, a: Career, b: Career) -> tuple[int, int]:
    skills = compare_skills(catalog, a, b)
    both = a.values_by_attribute.keys() & b.values_by_attribute.keys()
    return len(both), len(skills.shared) + len(skills.related)


def sample_query(pair: tuple[str, str] | None, query: str = QUERY) -> str:
    """The query that compares a pair; without one, a query that runs on an empty catalog."""
    if pair is None:
        return "{ catalog { version careers } }\n"
    a, b = map(json.dumps, pair)
    return query.replace('"A"', a).replace('"B"', b)


class Example(NamedTuple):
    """A query, and its variables as the JSON text that GraphiQL shows."""

    query: str
    variables: str = ""


def examples(catalog: Catalog | None) -> list[Example]:
    """The examples, with careers of the catalog. The first has no name, so that GraphiQL runs it without a choice;
    without two careers to compare it is the only one."""
    pair = sample_pair(catalog) if catalog else None
    first = Example(sample_query(pair))
    if catalog is None or pair is None:
        return [first]
    a, b = (catalog.careers[slug] for slug in pair)
    return [
        first,
        _example("careers", filter={"category": [a.category.slug]}, first=10),
        _example("search", text=_title(catalog, a)),
        _example("path", **{"from": a.slug, "to": b.slug}),
        _example("several", careers=_group(catalog, pair)),
    ]


def _example(name: str, **variables: object) -> Example:
    query = files("careergraph.web").joinpath(f"developer/queries/{name}.graphql").read_text(encoding="utf-8")
    return Example(query, json.dumps(variables, indent=2, ensure_ascii=False))


def _title(catalog: Catalog, career: Career) -> str:
    locale = catalog.locales.get(catalog.default_locale)
    return locale.read(career.title) if locale else next(iter(career.title.values()), career.slug)


def _group(catalog: Catalog, pair: tuple[str, str]) -> list[str]:
    """The pair and the next careers of its collection, or else of the catalog; at most four."""
    listed = [slug for item in catalog.collections.values() if item.careers[:2] == pair for slug in item.careers]
    others = [slug for slug in listed if slug in catalog.careers] + list(islice(catalog.careers, 4))
    return list(dict.fromkeys([*pair, *others]))[:4]
