"""Move fragments: what is said of a move, in bytes.

A sentence about a move is the same for many moves, up to the names of its ends and the facts that prove it. It is cut
at these once; a move puts the pieces together.
"""

import re
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from careergraph.api.compiler.fact_fragments import FactFragments
from careergraph.api.compiler.fragment_cache import OVERHEAD
from careergraph.api.compiler.statement_form import StatementForm
from careergraph.api.compiler.statement_sheet import Sheet
from careergraph.api.compiler.statement_template import escaped
from careergraph.engine.similarity.skills_comparison import SkillsComparison
from careergraph.engine.text.localized_career import CareerPair, LocalizedCareer
from careergraph.engine.text.localized_catalog import MOST_TEXTS
from careergraph.engine.text.statement import Fact
from careergraph.engine.transition.move import FactEnd, Move, grade_facts, moves_of
from careergraph.engine.transition.move_sentences import MoveSentence, grade_sentence, sentences_of, statement_of

MARKS = "\ue002A", "\ue002B", "\ue002F"
"""What stands for the origin, the target and the facts where a sentence is cut, made of a character for private use."""

_MARK = re.compile("\ue002([ABF])".encode())


class Frame:
    """A statement without the names of two careers and its facts."""

    __slots__ = ("_pick", "pieces")

    def __init__(self, data: bytes) -> None:
        first, *rest = _MARK.split(data)  # bytes and marks by turns
        self.pieces = (first, *rest[1::2], b"")
        places = [len(self.pieces) + b"ABF".index(mark) for mark in rest[::2]]
        picked = [place for pair in enumerate(places) for place in pair]
        self._pick = itemgetter(*picked, len(self.pieces) - 2, len(self.pieces) - 1)

    def fill(self, origin: bytes, target: bytes, facts: bytes) -> bytes:
        """Return the whole statement."""
        return b"".join(self._pick((*self.pieces, origin, target, facts)))


class FragmentEnd:
    """What one career proves as an end of moves: the `MoveEnd` of a form. `name` is how it is called in sentences. It
    does not refer to the form: a shelf would keep that for ever."""

    __slots__ = ("_counted", "itself", "learning", "levels", "name", "unprepared")

    def __init__(self, form: StatementForm, of: LocalizedCareer) -> None:
        end, self.name = FactEnd(form.localized, of), escaped(of.name)
        proven = form.layout.proven

        def fragment(fact: Fact | None) -> Any:
            return form.fact(fact) if proven and fact is not None else None

        self.itself, self.learning = fragment(end.itself), fragment(end.learning)
        self.levels: Sequence[Any] = tuple(map(fragment, end.levels))
        self.unprepared = fragment(end.unprepared)
        self._counted = _around_count(form, of, bytes(self.itself)) if proven else []

    def count(self, count: int) -> bytes:
        return (b"%d" % count).join(self._counted)


def _around_count(form: StatementForm, of: LocalizedCareer, itself: bytes) -> list[bytes]:
    """Return the bytes around the count of a fact with one."""
    number = 10**9
    while b"%d" % number in itself:
        number += 1
    return bytes(form.fact(Fact(of.career, count=number))).split(b"%d" % number)


class MoveFragments(FactFragments):
    """The part of a narrator that is about the moves of a pair."""

    __slots__ = ("_end_a", "_end_b", "_graded")

    def __init__(self, pair: CareerPair, form: StatementForm) -> None:
        super().__init__(pair, form)
        self._graded: dict[bool, bytes] = {}
        self._end_a, self._end_b = self._end(self._sheet_a, pair.of_a), self._end(self._sheet_b, pair.of_b)

    def grades(self, skills: SkillsComparison) -> list[bytes]:
        return [self._put_together(it, [grade_sentence(it)])[0] for it in moves_of(self.pair, skills)]

    def statements_of(self, move: Move) -> list[bytes]:
        return self._put_together(move, sentences_of(move))

    def counts(self, count: int) -> tuple[bytes, bytes]:
        return self._end_a.count(count), self._end_b.count(count)

    def graded(self, move: Move) -> tuple[bytes]:
        """Return what proves the grade of a move, with commas between."""
        from_a = move.origin is self.pair.of_a
        if (facts := self._graded.get(from_a)) is None:
            here, there = (self._end_a, self._end_b) if from_a else (self._end_b, self._end_a)
            facts = self._graded[from_a] = b",".join(grade_facts(move, here, there))
        return (facts,)

    def _put_together(self, move: Move, sentences: Sequence[MoveSentence]) -> list[bytes]:
        form, localized = self._form, move.localized
        here, there = (self._end_a, self._end_b) if move.origin is self.pair.of_a else (self._end_b, self._end_a)
        frames, proven, facts, statements = form.shelf.frames, form.layout.proven, b"", []
        for sentence in sentences:
            if sentence.spoken is not localized:
                statements.append(form.encode(statement_of(move, sentence)))
                continue
            if proven:
                proof = sentence.proof
                facts = self.graded(move)[0] if proof is grade_facts else b",".join(proof(move, here, there))
            frame = frames.get(sentence.phrase) or self._keep(sentence)
            statements.append(frame.fill(here.name, there.name, facts))
        return statements

    def _keep(self, sentence: MoveSentence) -> Frame:
        """Cut a statement, and keep it."""
        form, text = self._form, sentence.phrase.fill(MARKS[:2])
        template = form.template(sentence.rule, None, sentence.spoken.locale.code)
        frame = Frame(template.fill(text, "", MARKS[2].encode()))
        if len(form.shelf.frames) < MOST_TEXTS:
            form.shelf.frames[sentence.phrase] = frame
            form.shelf.charge(sum(map(len, frame.pieces)) + OVERHEAD)
        return frame

    def _end(self, sheet: Sheet, of: LocalizedCareer) -> FragmentEnd:
        if sheet.end is None:
            sheet.end = FragmentEnd(self._form, of)
        end: FragmentEnd = sheet.end
        return end
