"""One document under the writers' lock."""

from collections.abc import Iterator
from random import Random

from benchmarks.publish.writer import ACTOR, LOCKED, SLOW, TIMES, Writer, line, other_figure, seen
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.editorial.verbs.documents.rename import rename
from careergraph.editorial.verbs.documents.unpublish import archive


def measure_single(writer: Writer) -> None:
    """One document under the writers' lock; the first round, in which statements are compiled, is left out."""
    times: dict[str, list[float]] = {}
    for _ in range(TIMES + 1):
        for name, seconds in _round(writer):
            times.setdefault(name, []).append(seconds)
    for name, seconds_of in times.items():
        line(name, seconds_of[1:], LOCKED)


def _round(writer: Writer) -> Iterator[tuple[str, float]]:
    slug = Random(next(writer.numbers)).choice(writer.careers)
    key, number = ("career", slug), next(writer.numbers)
    body = writer.body(key)
    skill = next(it["skill"] for part in body["skills"] for it in part.get("concepts", ()))
    yield "publish a career's title", writer.edit(key, title={"en": f"Title {number}"})
    yield "publish a skill", writer.edit(("skill", skill), name={"en": f"Skill {number}"})
    yield "publish a category", writer.edit(("category", body["category"]), name={"en": f"Category {number}"})
    yield "publish a career's figure", writer.edit(key, values=other_figure(body["values"], number))
    fresh = ("career", f"newcomer-{number}")
    writer.save({**body, "slug": fresh[1], "title": {"en": f"Newcomer {number}"}, "externalIds": []}, None)
    yield "add a career", writer.locked(lambda it: publish(it, ACTOR, seen(it, fresh)))
    yield (
        "rename a career",
        writer.locked(lambda it: rename(it, ACTOR, fresh, f"renamed-{number}", base=seen(it, fresh)[fresh])),
    )
    renamed = ("career", f"renamed-{number}")
    yield "archive a career", writer.locked(lambda it: archive(it, ACTOR, seen(it, renamed)))


def measure_shared(writer: Writer) -> None:
    """Publish what many documents rest on: a source, an attribute, a phrase."""
    source, attribute = (writer.first(type_name) for type_name in ("source", "attribute"))
    line("publish a source", [writer.edit(source, title="Another title")], LOCKED)
    line("publish an attribute", [writer.edit(attribute, label={"en": "Another label"})], SLOW)
    line("  rehearsed before", [writer.before])
    phrases = writer.body(("locale", "de"))["phrases"]
    phrases["and"] += " "
    line("publish a phrase", [writer.edit(("locale", "de"), phrases=phrases)], SLOW)
    line("  rehearsed before", [writer.before])
