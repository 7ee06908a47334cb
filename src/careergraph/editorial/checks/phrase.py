"""Checks of a phrase: its name exists, and its slots have values."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from careergraph.editorial.checks import form
from careergraph.editorial.content.document_index import quoted
from careergraph.editorial.content.problem import Problem, ProblemCode, Steps
from careergraph.engine.content.locale import Template

Slots = Mapping[str, tuple[str, ...]]
"""The slots of each phrase, by the phrase's name."""


def name(value: str, slots: Slots, steps: Steps) -> Iterator[Problem]:
    """Check that a phrase has this name."""
    if value not in slots:
        close = get_close_matches(value[:100], slots, n=1)
        hint = f"; did you mean {close[0]}?" if close else ""
        yield Problem(ProblemCode.UNKNOWN_PHRASE, f"nothing here uses a phrase {quoted(value)}{hint}", steps)


def wording(value: str, slots: tuple[str, ...], steps: Steps, *, longest: int = form.MAX_LABEL) -> Iterator[Problem]:
    """Check the wording of a phrase in one language."""
    yield from form.line(value, steps, longest=longest)
    template = Template(value)
    bare = template.fill(dict.fromkeys(template.slots, ""))
    allowed = ", ".join(f"{{{slot}}}" for slot in slots) or "none"
    for slot in dict.fromkeys(template.slots):
        if slot not in slots:
            message = f"nothing fills the slot {quoted(slot)}; this phrase has {allowed}"
            yield Problem(ProblemCode.UNKNOWN_SLOT, message, steps)
    if "{" in bare or "}" in bare:
        message = f"braces stand around the name of a slot only; this phrase has {allowed}"
        yield Problem(ProblemCode.UNKNOWN_SLOT, message, steps)
