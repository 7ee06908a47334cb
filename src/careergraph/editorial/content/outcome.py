"""Outcomes: the ways in which a verb can end other than done. Each is raised, and undoes the whole transaction."""

from collections.abc import Iterable, Mapping
from typing import Any

from careergraph.editorial.content.diff import Difference, difference
from careergraph.editorial.content.problem import Problem, ProblemCode, Steps
from careergraph.store.database.readable import UnreadableText
from careergraph.store.documents.documents import Key

Body = Mapping[str, Any]
"""A document as plain JSON: names in camelCase, without absent fields."""


class Refusal(Exception):
    """A verb did nothing."""


class Denied(Refusal):
    """The actor may not do this. The message is the same for documents that exist and for those that do not. `field` is
    the path of a change that is outside of the actor's scope; empty for what is not permitted as a whole."""

    def __init__(self, field: str = "") -> None:
        super().__init__("not permitted")
        self.field = field


class Rejected(Refusal):
    """The verb would write something invalid. `problems` has all of its problems."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(str(problem) for problem in self.problems))


class Conflict(Refusal):
    """Somebody else changed the document meanwhile. Nothing is lost: the error has both states in full.

    `base` is the state that you started from, `yours` your state, `theirs` the present one, with its number `revision`:
    save again with that as base once you have merged the two. None is no document. `difference` leads from theirs to
    yours.
    """

    def __init__(self, key: Key, revision: int, base: Body | None, yours: Body | None, theirs: Body | None) -> None:
        super().__init__(f"{key[0]} {key[1]} was changed by somebody else")
        self.key, self.revision = key, revision
        self.base, self.yours, self.theirs = base, yours, theirs

    @property
    def difference(self) -> tuple[Difference, ...]:
        """The difference from theirs to yours."""
        return difference(self.theirs, self.yours)


def unreadable(problem: UnreadableText) -> Rejected:
    """The rejection of a text with unreadable characters."""
    return rejection(ProblemCode.BAD_TEXT, str(problem), steps=(problem.name,))


def rejection(code: ProblemCode, message: str, key: Key | None = None, steps: Steps = ()) -> Rejected:
    """A rejection for one reason."""
    type_name, ident = key or (None, None)
    return Rejected([Problem(code=code, message=message, steps=steps, type=type_name, ident=ident)])
