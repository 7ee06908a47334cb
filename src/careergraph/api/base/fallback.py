"""Which fields of a career a locale does not have, so that a reader can be told."""

from collections.abc import Iterator, Mapping

from careergraph.api.base.view import View
from careergraph.engine.content import Career

Written = Mapping[str, object]


def fallback_fields(career: Career, view: View) -> list[str]:
    """The fields that are not, or not in every part, written in the view's locale."""
    parts: Mapping[str, Iterator[Written]] = {
        "title": iter((career.title,)),
        "summary": iter((career.summary,)),
        "aliases": iter((career.aliases,)),
        "skills": (skill.text for skill in career.skills),
        "roadmap": _roadmap(career),
        "image": iter((career.image.alt,) if career.image else ()),
    }
    return [name for name, texts in parts.items() if any(view.falls_back(text) for text in texts)]


def _roadmap(career: Career) -> Iterator[Written]:
    for stage in career.roadmap:
        yield from (stage.title, stage.summary)
        yield from (resource.title for resource in stage.resources)
