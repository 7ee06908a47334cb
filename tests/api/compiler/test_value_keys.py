"""Keys of pairs: two pairs have the same one where their values are of the same kinds and in the same order."""

from random import Random

import pytest

from careergraph.api.compiler.comparison.value_keys import WIDTH, Line, ValueKeys, columns_of, is_exact

NUMBERS = (0, -0.0, 1, 1.5, -1.5, -2, 0.1 + 0.2, 0.3, 61_000, 61_000.5, 1e-300, -1e300, 2**53, 2**60, -(2**60))


@pytest.mark.parametrize("columns", range(1, 2 * WIDTH + 2))
def test_the_key_of_a_column_says_how_its_values_compare(columns: int) -> None:
    keys, seen = ValueKeys(columns), dict[bytes, object]()
    random = Random(columns)  # noqa: S311 - no secret
    for _ in range(2000):
        a, b = [[_value(random) for _ in range(columns)] for _ in "ab"]
        single = [it for key in keys.of(Line(a), Line(b)) for it in columns_of(key)]
        for key, mine, theirs in zip(single, a, b, strict=False):
            order = [(one < other, one == other) for one, other in zip(mine[1:], theirs[1:], strict=True)]
            says = mine[0], theirs[0], *order
            assert seen.setdefault(key, says) == says
        assert not any(it.strip(b"\0") for it in single[columns:])
    assert len(set(seen.values())) == len(seen)


def _value(random: Random) -> tuple[int, float, float]:
    low, high = random.choices(NUMBERS, k=2)
    return random.randint(1, 3), low, high


def test_integers_of_more_digits_than_a_float_has_are_told_apart() -> None:
    """A form of statements gives each a kind of its own; in their order they stand where they belong."""
    assert [is_exact(it) for it in (2**53, 2**53 + 1, 10**400, 0.1)] == [True, False, False, True]
    keys, other = ValueKeys(1), Line([(2, 1e308, 0)])
    assert keys.of(Line([(1, 10**400, 0)]), other) != keys.of(Line([(1, -(10**400), 0)]), other)
