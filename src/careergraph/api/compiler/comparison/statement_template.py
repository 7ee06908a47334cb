"""Statement templates: what a selection of `Statement` is in bytes, in parts that each belong to one career.

A template is found by rendering a probe through the function of the selection, and cutting the result at the probe's
marks. So nothing here knows what the fields are called or how they are written.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

import msgspec

from careergraph.api.compiler.fragment_shelf import PROBES, encode
from careergraph.engine.content.outcome import Outcome
from careergraph.engine.text.statement import Fact, Rule, Statement

FIELDS = frozenset({"__typename", "text", "clause", "rule", "ruleKind", "outcome", "facts", "locale"})
"""The fields of statements that templates cover."""

TEXT, CLAUSE = "\ue001T", "\ue001C"
"""The marks of a probe, made of a character for private use."""

FACT = Fact(career=None)  # type: ignore[arg-type] # nothing reads it: its fragment is there already
FACT_FRAGMENT = msgspec.Raw("\ue001F".encode())
"""The only fact of a probe, and its fragment."""

PROBES[id(FACT)] = FACT_FRAGMENT

_MARK = re.compile("\ue001([TCF])".encode())

Parts = Any
"""The bytes of one career: one text where a text is all that a selection asks for, else a tuple of them."""

Assemble = Callable[[Parts, Parts, Any, Any], bytes]
"""Puts a statement together from the parts of the career that it names first, those of the other, and two facts."""


Fill = Callable[[str, str, bytes], bytes]
"""Returns a whole statement, from a text, a clause, and facts with commas between them."""


class Template(NamedTuple):
    """The bytes of statements of one rule, outcome and locale: the kinds of slots in order, the bytes around them, and
    the functions that put such a statement together, from the parts of two careers or from a whole text."""

    slots: str
    around: Sequence[bytes]
    assemble: Assemble
    fill: Fill

    def first(self, text: str, clause: str = "") -> Parts:
        """Return the parts of the career that is named first: how text and clause begin, or all of them."""
        if self.slots == "T":
            return self.around[0] + escaped(text)
        texts = {"T": escaped(text), "C": escaped(clause), "F": b""}
        parts = [texts[slot] for place, slot in enumerate(self.slots) if slot != "F" or place == 0] or [b""]
        return (self.around[0] + parts[0], *parts[1:])

    def last(self, text: str = "", clause: str = "") -> Parts:
        """Return the parts of the other career: how text and clause end, each with the bytes behind it."""
        if self.slots == "T":
            return escaped(text) + self.around[1]
        texts = {"T": escaped(text), "C": escaped(clause), "F": b""}
        return tuple([texts[slot] + after for slot, after in zip(self.slots, self.around[1:], strict=True)])


def template_of(
    render: Callable[[Statement], Any], probe: tuple[Rule, Outcome | None, str], *, clause: bool
) -> Template:
    """Return the template of a rule, an outcome and a locale, from the function that renders a statement."""
    rule, outcome, locale = probe
    data = encode(render(Statement(TEXT, rule, outcome, (FACT,), locale, CLAUSE if clause else "")))
    pieces = _MARK.split(data)
    slots = b"".join(pieces[1::2]).decode()
    return Template(slots, pieces[::2], _assembler(slots), _filler(slots, pieces[::2]))


def escaped(text: str) -> bytes:
    """Return a text as it is inside of a JSON string."""
    return encode(text)[1:-1]


class Token(NamedTuple):
    """One piece of a statement: a part of the career that is named `first`, of the `last` one, the fact `x` of a, `y`
    of b, or a comma between both; of a part the place."""

    kind: str
    place: int = 0


@cache
def tokens_of(slots: str) -> tuple[Token, ...]:
    """Return the pieces of a statement with these slots, in their order."""
    first, tokens = 0, [] if slots[:1] in ("T", "C") else [Token("first")]
    for place, slot in enumerate(slots):
        if slot == "F":
            tokens += (Token("x"), Token("comma"), Token("y"))
            first += place == 0
        else:
            tokens.append(Token("first", first))
            first += 1
        tokens.append(Token("last", place))
    return tuple(tokens)


@cache
def _assembler(slots: str) -> Assemble:
    if slots == "T":
        return lambda first, last, _x, _y: first + last
    codes = {"x": "x", "y": "y", "comma": 'b","'}
    text = ", ".join([codes.get(it.kind) or f"{it.kind}[{it.place}]" for it in tokens_of(slots)])
    assemble: Assemble = eval(f'lambda first, last, x, y: b"".join(({text},))')  # noqa: S307 - made of nothing but slots
    return assemble


def _filler(slots: str, around: Sequence[bytes]) -> Fill:
    texts = {"T": "encode(T)[1:-1]", "C": "encode(C)[1:-1]", "F": "F"}
    pieces = [text for place, slot in enumerate(slots, 1) for text in (texts[slot], f"around{place}")]
    names = {"encode": encode, "join": b"".join} | {f"around{place}": it for place, it in enumerate(around)}
    fill: Fill = eval(f"lambda T, C, F: join((around0, {', '.join(pieces)}))", names)  # noqa: S307 - as above
    return fill
