"""At most two instants or versions of the past in one operation, however written: each may have to be built first."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from api import small
from api.asking import Answer, ask
from careergraph.api.base import view
from careergraph.api.base.context import MOST_INSTANTS, Context
from careergraph.api.base.node_id import NodeId
from careergraph.engine.content import Catalog

MANY = "TOO_MANY_INSTANTS"
DAYS = [(small.FIRST + timedelta(days=it)).isoformat() for it in range(4)]
CAREER = 'career(slug: "carpenter", asOf: %s) { title }'


def literals(instants: list[str]) -> Answer:
    fields = [f"f{number}: " + CAREER % f'"{it}"' for number, it in enumerate(instants)]
    return ask("{ " + " ".join(fields) + " }")


def variables(instants: list[str]) -> Answer:
    names = [f"$v{number}" for number, _ in enumerate(instants)]
    fields = [f"f{name[1:]}: " + CAREER % name for name in names]
    declared = ", ".join(f"{name}: DateTime" for name in names)
    values: dict[str, Any] = {name[1:]: instant for name, instant in zip(names, instants, strict=True)}
    return ask(f"query({declared}) {{ {' '.join(fields)} }}", **values)


def defaults(instants: list[str]) -> Answer:
    names = [f"$v{number}" for number, _ in enumerate(instants)]
    fields = [f"f{name[1:]}: " + CAREER % name for name in names]
    declared = ", ".join(f'{name}: DateTime = "{it}"' for name, it in zip(names, instants, strict=True))
    return ask(f"query({declared}) {{ {' '.join(fields)} }}")


def single_ids(instants: list[str]) -> Answer:
    fields = [f'f{number}: node(id: "{_id(it)}") {{ id }}' for number, it in enumerate(instants)]
    return ask("{ " + " ".join(fields) + " }")


def list_of_ids(instants: list[str]) -> Answer:
    return ask("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=[_id(it) for it in instants])


def _id(instant: str) -> str:
    return NodeId("Career", "en", ("carpenter",), 1, datetime.fromisoformat(instant)).encode()


WAYS: Mapping[str, Callable[[list[str]], Answer]] = {
    write.__name__: write for write in (literals, variables, defaults, single_ids, list_of_ids)
}


@pytest.mark.parametrize("way", WAYS)
def test_the_third_instant_is_refused_and_the_two_before_are_answered(way: str) -> None:
    answer = WAYS[way]
    assert answer(DAYS[:2]).errors == []
    response = answer([*DAYS[:3], DAYS[0], DAYS[3], DAYS[1]])
    assert response.codes == [MANY, MANY]
    assert response.errors[0]["extensions"] == {"code": MANY, "maximum": MOST_INSTANTS}
    nodes: list[Any] = next(iter(response.data.values())) if way == "list_of_ids" else list(response.data.values())
    assert [it is not None for it in nodes] == [True, True, False, True, False, True]


@pytest.mark.parametrize("way", WAYS)
def test_one_instant_in_several_time_zones_is_one(way: str) -> None:
    """What counts is the instant that was coerced, not how it is written."""
    written = [f"2026-01-03T{12 + hours:02}:00:00+{hours:02}:00" for hours in range(6)]
    if way not in ("single_ids", "list_of_ids"):  # an id is written in one way only
        assert WAYS[way](written).errors == []


def test_versions_count_with_instants() -> None:
    versions = {1: small.OLD, 2: small.NEW}
    context = Context(small.NEW, small.as_of, at_version=lambda version: versions[version])
    since = "c%d: changes(since: 1) { version }"
    assert ask(f"{{ {since % 1} {since % 2} {CAREER % _quoted(DAYS[0])} }}", context).errors == []
    result = ask(f"{{ {since % 1} a: {CAREER % _quoted(DAYS[0])} b: {CAREER % _quoted(DAYS[1])} }}", context)
    assert result.codes == [MANY]


def test_now_is_the_live_catalog_where_the_clock_went_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock was put back behind the last publish, which is current all the same, by whichever instant from now on
    up to that it says it was published at; instants further ahead are in the future."""
    now = small.SECOND - timedelta(hours=1)

    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return now

    monkeypatch.setattr(view, "datetime", Clock)

    def current(instant: datetime) -> Catalog:
        return small.NEW if instant >= now else small.OLD

    def version(instant: datetime) -> object:
        query = '{ comparison(a: "carpenter", b: "roofer", asOf: "%s") { catalogVersion } }'
        result = ask(query % instant.isoformat(), Context(small.NEW, current))
        return result.codes or result.data["comparison"]["catalogVersion"]

    assert version(now) == version(small.SECOND) == 2
    assert version(now - timedelta(minutes=1)) == 1
    assert version(small.SECOND + timedelta(seconds=1)) == ["BAD_DATE"]


def _quoted(text: str) -> str:
    return f'"{text}"'
