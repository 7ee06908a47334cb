"""The answers of tools as texts for people, in the words of the locale. No text says more than its answer."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

Data = Mapping[str, Any]
Write = Callable[[Data, Data], Iterator[str]]
"""Writes the lines of a text from an answer and the labels of its locale."""

NONE = "–"
"""The sign for nothing in a locale without a word for it."""


def search(data: Data, labels: Data) -> Iterator[str]:
    """Each match with its slug."""
    kinds = _by_key(labels["kinds"])
    yield from _list([_match(it["matched"], it["node"], kinds) for it in data["search"]], labels)
    yield from _sources(data, labels)


def career(data: Data, labels: Data) -> Iterator[str]:
    """A career with its figures, skills and roadmap."""
    one = data["career"]
    yield f"# {one['title']}"
    yield from filter(None, [one["summary"]])
    yield f"## {labels['figures']}"
    yield from _list([f"{it['attribute']['label']}: {_figure(it)}" for it in one["values"]], labels)
    yield f"## {labels['skills']}"
    yield from _list([it["text"] for it in one["skills"]], labels)
    yield f"## {labels['roadmap']}"
    yield from _list([it["title"] for it in (one["roadmap"] or {"stages": ()})["stages"]], labels)
    yield from _sources(data, labels)


def compare(data: Data, labels: Data) -> Iterator[str]:
    """A comparison: its summary, the figures side by side, and the verdict."""
    one = data["comparison"]
    verdict = one["verdict"]
    yield f"# {one['title']}"
    yield from _list(_sentences(one["summary"]), labels)
    yield f"## {labels['glance']}: {one['a']['title']} | {one['b']['title']}"
    outcomes = _by_key(labels["outcomes"])
    yield from _list([_row(row, outcomes, labels["unknown"]) for row in one["glance"]["rows"]], labels)
    yield f"## {labels['choose']}"
    for side, chosen in ((one["a"], verdict["chooseA"]), (one["b"], verdict["chooseB"])):
        yield f"### {side['title']}"
        yield from _list(_sentences([*chosen["reasons"], *filter(None, [chosen["note"]])]), labels)
    yield f"## {labels['conclusion']}"
    yield from _list(_sentences([*verdict["either"], *verdict["conclusion"]]), labels)
    yield from _sources(data, labels)


def transition_path(data: Data, labels: Data) -> Iterator[str]:
    """The steps of a way, each with the skills that are brought and learned."""
    for step in data["transitionPath"]["steps"]:
        move = step["transition"]
        yield f"## {move['from']['title']} → {move['to']['title']}"
        yield from _list(_sentences(move["statements"]), labels)
        for name, skills in ((labels["bring"], move["keep"]), (labels["learn"], move["gain"])):
            yield f"{name}: {'; '.join(it['text'] for it in skills) or labels['none'] or NONE}"
    yield from _sources(data, labels)


def pairs(data: Data, labels: Data) -> Iterator[str]:
    """Each pair with the slugs of both careers, and its lead."""
    nodes = [edge["node"] for edge in data["comparisons"]["edges"]]
    lines = [
        " ".join(
            [f"{pair['title']} ({pair['a']['slug']}, {pair['b']['slug']}).", *_sentences(pair["lead"]["statements"])]
        )
        for pair in nodes
    ]
    yield from _list(lines, labels)
    yield from _sources(data, labels)


TEXTS: Mapping[str, Write] = {
    "search": search,
    "career": career,
    "compare": compare,
    "transition_path": transition_path,
    "pairs": pairs,
}
"""The writer of each tool's text."""


def _by_key(entries: Iterable[Data]) -> dict[str, str]:
    """The labels of a group by the ends of their keys."""
    return {it["key"].rpartition(".")[2]: it["text"] for it in entries}


def _match(matched: str, node: Data, kinds: Mapping[str, str]) -> str:
    name = node.get("title") or node["name"]
    kind = kinds.get(node["__typename"].lower(), node["__typename"])
    by = "" if matched == name else f", {matched}"
    return f"{kind}: {name} ({node['slug']}{by})" + (f". {node['summary']}" if node.get("summary") else "")


def _figure(value: Data) -> str:
    where = ", ".join(filter(None, [value["source"]["title"], value["region"], value["observed"]]))
    return f"{value['display']} ({where})"


def _row(row: Data, outcomes: Mapping[str, str], unknown: str) -> str:
    both = " | ".join(row[side]["display"] if row[side] else unknown for side in ("a", "b"))
    undecided = row["outcome"] == "UNKNOWN" and row["a"] and row["b"]
    name = "undecided" if undecided else row["outcome"].lower().replace("_", "-")
    outcome = outcomes.get(name, row["outcome"])
    return f"{row['attribute']['label']}: {both} ({outcome})"


def _sentences(statements: Iterable[Data]) -> list[str]:
    return [it["text"] for it in statements]


def _list(lines: Iterable[str], labels: Data) -> Iterator[str]:
    """The lines as a list, or the word for none: a client shows nothing of an empty one."""
    items = [f"- {line}" for line in lines]
    yield from items or [labels["none"] or NONE]


def _sources(data: Data, labels: Data) -> Iterator[str]:
    sources = {it["slug"]: it for it in _sources_in(data) if "title" in it}
    yield f"## {labels['sources']}"
    yield from _list(map(_source, sources.values()), labels)


def _sources_in(value: Any) -> Iterator[Data]:
    """Every source in an answer, in its order."""
    if isinstance(value, list):
        for each in value:
            yield from _sources_in(each)
    elif isinstance(value, dict):
        for name, member in value.items():
            if name == "source":
                yield member
            elif name == "sources":
                yield from member
            else:
                yield from _sources_in(member)


def _source(source: Data) -> str:
    parts = (source[name] for name in ("title", "publisher", "vintage", "licence", "credit", "url"))
    return " · ".join(part for part in parts if part)
