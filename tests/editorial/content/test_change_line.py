"""What a revision changed, on one line."""

from typing import Any

import msgspec
import pytest

from careergraph.editorial.content.change_line import change_line
from truth.seeded import catalog, documents

CAREER: dict[str, Any] = next(msgspec.to_builtins(it) for it in documents() if it.ident == "actuary")
PAY = next(it for it in CAREER["values"] if it["attribute"] == "salary")
SALARY = f"{catalog().attributes['salary'].label['en']} (United States)"
REST = "high 3.0, currency USD, period…"
OTHERS = [it for it in CAREER["values"] if it is not PAY]


def with_pay(**fields: object) -> dict[str, Any]:
    return {**CAREER, "values": [*OTHERS, {**PAY, **fields}]}


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        (None, CAREER, "new"),
        (CAREER, None, "removed"),
        (CAREER, CAREER, "nothing changed"),
        (None, None, "nothing changed"),
        (
            with_pay(low=90000.0, high=90000.0),
            with_pay(low=95000.0, high=95000.0),
            f"{SALARY}: $90,000/yr -> $95,000/yr",
        ),
        (
            {**with_pay(low=90000.0, high=90000.0), "skills": CAREER["skills"][2:]},
            with_pay(low=95000.0, high=95000.0),
            f"{SALARY}: $90,000/yr -> $95,000/yr; 2 skills more",
        ),
        (with_pay(observedOn="2025-01-01"), with_pay(observedOn="2026-01-01"), f"{SALARY}: source, date or method"),
        ({**CAREER, "values": OTHERS}, with_pay(low=95000.0, high=95000.0), f"{SALARY}: added $95,000/yr"),
        (with_pay(low=95000.0, high=95000.0), {**CAREER, "values": OTHERS}, f"{SALARY}: removed $95,000/yr"),
        (CAREER, {**CAREER, "title": {**CAREER["title"], "en": "Risk Reader"}}, "title (en): Actuary -> Risk Reader"),
        (CAREER, {**CAREER, "skills": CAREER["skills"][1:]}, "1 skill fewer"),
        (CAREER, {**CAREER, "skills": CAREER["skills"][::-1]}, "skills in another order"),
        (CAREER, {**CAREER, "category": "x" * 60}, f"category: {CAREER['category']} -> {'x' * 39}…"),
        (
            {"slug": "s", "name": {"en": "A", "de": "B", "fr": "C", "nl": "D", "it": "E"}},
            {"slug": "s", "name": {"en": "1", "de": "2", "fr": "3", "nl": "4", "it": "5"}},
            "name (en): A -> 1; name (de): B -> 2; name (fr): C -> 3; 2 changes more",
        ),
        (
            with_pay(attribute="gone", low=2.0, high=3.0, currency="USD"),
            with_pay(attribute="gone", low=1.0, high=3.0, currency="USD"),
            f"gone (United States): low 2.0, {REST} -> low 1.0, {REST}",
        ),
    ],
)
def test_a_change_on_one_line(before: dict[str, Any] | None, after: dict[str, Any] | None, line: str) -> None:
    assert change_line(before, after, catalog()) == line
