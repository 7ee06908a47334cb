"""Move fragments: what is said of a move, in bytes.

A sentence about a move is the same for many moves, up to the names of its ends and the facts that prove it. It is cut
at these once; a move puts the pieces together.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from careergraph.api.compiler.comparison.fact_fragments import FactFragments
from careergraph.api.compiler.comparison.statement_form import StatementForm
from careergraph.api.compiler.comparison.statement_sheet import Sheet
from careergraph.api.compiler.comparison.statement_template import escaped
from careergraph.api.compiler.fragment_shelf import COMMA_JOIN, OVERHEAD
from careergraph.engine.similarity.skills_comparison import SkillsComparison
from careergraph.engine.text.localized_career import CareerPair, LocalizedCareer
from careergraph.engine.text.localized_catalog import MOST_TEXTS
from careergraph.engine.text.statement import Fact
from careergraph.engine.transition.move import FactEnd, Move, MoveEnd, grade_facts, moves_of
from careergraph.engine.transition.move_sentences import MoveSentence, grade_sentences, sentences_of, statement_of

MARKS = "\ue002A", "\ue002B", "\ue002F"
"""What stands for the origin, the target and the facts where a sentence is cut, made of a character for private use."""

_MARK = re.compile("\ue002([ABF])".encode())

Frame = Callable[[bytes, bytes, bytes], bytes]
"""A statement without the names of two careers and its facts: returns it with these."""


def _frame(pieces: Sequence[bytes]) -> Frame:
    """Return the frame of bytes and marks by turns."""
    frame: Frame = _framer(b"".join(pieces[1::2]).decode())(*pieces[::2])
    return frame


@cache
def _framer(marks: str) -> Callable[..., Frame]:
    names = [f"p{place}" for place in range(len(marks) + 1)]
    parts = [part for pair in zip(names, [*marks, ""], strict=True) for part in pair if part]
    code = f'lambda {", ".join(names)}: lambda A, B, F: b"".join(({", ".join(parts)},))'
    framer: Callable[..., Frame] = eval(code)  # noqa: S307 - made of nothing but marks
    return framer


SMALL = 10
"""Counts below it are many, and kept."""

BYTES = 75
"""Bytes that each takes beside its text."""


class Counts(dict[int, bytes]):
    """The facts with a count of one career, by the count, from the bytes around it."""

    __slots__ = ("_around",)

    def __init__(self, around: Sequence[bytes]) -> None:
        super().__init__()
        self._around = around

    def __missing__(self, count: int) -> bytes:
        fact = (b"%d" % count).join(self._around)
        if count < SMALL:
            self[count] = fact
        return fact


class FragmentEnd:
    """The `MoveEnd` of a form, whose levels are one piece. `name` is how the career is called in sentences. It does not
    refer to the form: a shelf would keep that for ever."""

    __slots__ = ("by_role", "count", "itself", "learning", "levels", "name", "total", "unprepared", "whole")

    def __init__(self, form: StatementForm, of: LocalizedCareer) -> None:
        end: MoveEnd[Fact] = FactEnd(form.localized, of)
        self.name = escaped(of.name)
        fragment: Callable[[Any], Any] = form.fact if form.layout.proven else _nothing
        self.itself, self.total, self.whole = fragment(end.itself), fragment(end.total), fragment(end.whole)
        self.unprepared = None if end.unprepared is None else fragment(end.unprepared)
        self.by_role: Sequence[Any] = [None if it is None else fragment(it) for it in end.by_role]
        self.learning: Sequence[Any] = list(map(fragment, end.learning))
        self.levels = [COMMA_JOIN(map(fragment, end.levels))] if end.levels else []
        self.count = Counts(_around_count(form, of, self.itself)).__getitem__
        if form.layout.proven:
            form.shelf.charge(sum(map(len, self.levels)) + SMALL * (len(bytes(self.itself)) + BYTES))


def _nothing(_: object) -> bytes:
    """Give the fragment of a fact where a selection has none."""
    return b""


def _around_count(form: StatementForm, of: LocalizedCareer, itself: Any) -> Sequence[bytes]:
    """Return the bytes around the count of a fact with one."""
    if not form.layout.proven:
        return [b""]
    number = 10**9
    while b"%d" % number in bytes(itself):
        number += 1
    return bytes(form.fact(Fact(of.career, count=number))).split(b"%d" % number)


class MoveFragments(FactFragments):
    """The part of a narrator that is about the moves of a pair."""

    __slots__ = ("_end_a", "_end_b", "_graded")

    def __init__(self, pair: CareerPair, form: StatementForm) -> None:
        super().__init__(pair, form)
        self._graded: dict[LocalizedCareer, bytes] = {}
        self._end_a: FragmentEnd = self._sheet_a.end or self._end(self._sheet_a, pair.of_a)
        self._end_b: FragmentEnd = self._sheet_b.end or self._end(self._sheet_b, pair.of_b)

    def grades(self, skills: SkillsComparison) -> list[bytes]:
        sentences, moves = self.pair.localized.once(grade_sentences), moves_of(self.pair, skills)
        there, back = [self._stated(it, (sentences[it.decision.place],)) for it in moves]
        return there + back

    def statements_of(self, move: Move) -> list[bytes]:
        return self._stated(move, sentences_of(move))

    def counts(self, count: int) -> tuple[bytes, bytes]:
        return self._end_a.count(count), self._end_b.count(count)

    def graded(self, move: Move) -> tuple[bytes]:
        """Return what proves the grade of a move, with commas between."""
        return (self._graded.get(move.origin) or self._grade(move),)

    def _grade(self, move: Move) -> bytes:
        facts = self._graded[move.origin] = COMMA_JOIN(grade_facts(move, *self._ends(move)))
        return facts

    def _ends(self, move: Move) -> tuple[FragmentEnd, FragmentEnd]:
        """Return the origin of a move, and its target."""
        a, b = self._end_a, self._end_b
        return (a, b) if move.origin is self.pair.of_a else (b, a)

    def _stated(self, move: Move, sentences: Iterable[MoveSentence]) -> list[bytes]:
        form, (here, there), stated = self._form, self._ends(move), []
        kept, is_proven, a, b = form.cache.frames, form.layout.proven, here.name, there.name
        for sentence in sentences:
            proof, facts = sentence.proof, b""
            if (frame := kept.get(sentence.key) or self._keep(sentence)) is None:
                stated.append(form.encode(statement_of(move, sentence)))
                continue
            if is_proven and proof is grade_facts:
                facts = self._graded.get(move.origin) or self._grade(move)
            elif is_proven:
                facts = COMMA_JOIN(proof(move, here, there))
            stated.append(frame(a, b, facts))
        return stated

    def _keep(self, sentence: MoveSentence) -> Frame | None:
        """Cut a statement, and keep it; None where another locale words it: that may name the careers otherwise."""
        form, text = self._form, sentence.phrase.fill(MARKS[:2])
        if sentence.spoken is not form.localized:
            return None
        template = form.template(sentence.rule, None, sentence.spoken.locale.code)
        pieces = _MARK.split(template.fill(text, "", MARKS[2].encode()))
        frame = _frame(pieces)
        if len(form.cache.frames) < MOST_TEXTS:
            form.cache.frames[sentence.key] = frame
            form.shelf.charge(sum(map(len, pieces)) + OVERHEAD)
        return frame

    def _end(self, sheet: Sheet, of: LocalizedCareer) -> FragmentEnd:
        sheet.end = FragmentEnd(self._form, of)
        end: FragmentEnd = sheet.end
        return end
