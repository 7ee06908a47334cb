"""Word groups: what a table leaves out is there all the same."""

from random import Random

from careergraph.engine.search.spelling import root, singular
from careergraph.engine.search.word_groups import WordGroups

WORDS = ("nurse", "nurses", "nursing", "photographer", "photography", "photo", "man", "men", "boxes", "engineers", "a")


def _plain(words: set[str], form: object) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for word in sorted(words):
        groups.setdefault(form(word), []).append(word)  # type: ignore[operator]
    return {name: tuple(group) for name, group in groups.items()}


def test_groups_are_those_of_a_plain_table_however_words_come_and_go() -> None:
    random = Random(3)  # noqa: S311 - a test
    for form in (singular, root):
        words = set(random.sample(WORDS, 6))
        groups = WordGroups.of(form, words, sorted(words))
        for _ in range(60):
            after = set(random.sample(WORDS, random.randrange(len(WORDS))))
            groups, words = groups.changed(after, after - words, words - after), after
            plain = _plain(words, form)
            for name in {*WORDS, *map(form, WORDS), "unheard"}:
                assert tuple(groups.get(name)) == plain.get(name, ())
                assert groups.over(words).get(name) == groups.get(name)


def test_a_word_that_is_alone_with_itself_takes_no_room() -> None:
    words = {"nurse", "box", "boxes"}
    assert WordGroups.of(singular, words, sorted(words))._groups == {"box": ("box", "boxes")}
