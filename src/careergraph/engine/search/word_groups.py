"""Word groups: the words of an index by what they have the same of, such as their singular."""

from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence

Form = Callable[[str], str]
"""What words of one group have the same of."""


class WordGroups:
    """The words of an index by a form of theirs. Most words are their own form, and alone with it: these are in no
    table. Never changes."""

    __slots__ = ("_form", "_groups", "_words")

    def __init__(
        self, form: Form, words: Container[str], groups: Mapping[str, str | tuple[str, ...]] | None = None
    ) -> None:
        self._form, self._words, self._groups = form, words, groups or {}

    @staticmethod
    def of(form: Form, words: Container[str], in_order: Iterable[str]) -> "WordGroups":
        """Group words, which are all in a container, and in order."""
        groups = {name: _stored(name, group) for name, group in _by(form, in_order).items()}
        return WordGroups(form, words, {name: group for name, group in groups.items() if group})

    def get(self, name: str) -> Sequence[str]:
        """Return the words of a form in order; none where there is none."""
        if (group := self._groups.get(name)) is not None:
            return (group,) if isinstance(group, str) else group
        return (name,) if name in self._words and self._form(name) == name else ()

    def over(self, words: Container[str]) -> "WordGroups":
        """Return the same groups over a container that has the same words."""
        return WordGroups(self._form, words, self._groups)

    def changed(self, words: Container[str], new: Collection[str], gone: Collection[str]) -> "WordGroups":
        """Return the groups after some words came and others went, over a container of all that are there now."""
        groups, come = dict(self._groups), _by(self._form, new)
        for name in {self._form(word) for word in (*new, *gone)}:
            group = sorted([*[word for word in self.get(name) if word not in gone], *come.get(name, ())])
            groups.pop(name, None)
            if stored := _stored(name, group):
                groups[name] = stored
        return WordGroups(self._form, words, groups)


def _stored(name: str, group: Sequence[str]) -> str | tuple[str, ...]:
    """Return what a table has for a group: a word that is alone, or all of several; nothing for one that has the name
    of its group."""
    if len(group) > 1:
        return tuple(group)
    return "" if not group or group[0] == name else group[0]


def _by(form: Form, words: Iterable[str]) -> Mapping[str, list[str]]:
    by_form: dict[str, list[str]] = {}
    for word in words:
        by_form.setdefault(form(word), []).append(word)
    return by_form
