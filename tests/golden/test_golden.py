"""The page of the seed pair, through HTTP, from a migrated database: as it was read and approved, to the byte."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from careergraph import CareerGraph, Config
from careergraph.api.changes.page_documents import COMPARISON, text_of
from careergraph.store.catalogs.catalogs import Catalogs
from web.client import Client

HERE = Path(__file__).parent
PAIR = {"a": "ai-model-routing-engineer", "b": "ai-multi-agent-systems-engineer"}


def page(engine: Engine, locale: str, **pair: str) -> dict[str, Any]:
    client = Client(CareerGraph(Config.of(show_cost=False), open_catalogs=lambda _: Catalogs(engine)).asgi())
    answer: dict[str, Any] = client.ask(text_of(COMPARISON), variables={**PAIR, **pair, "locale": locale})
    return answer


def written(answer: dict[str, Any]) -> str:
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("locale", ["en", "de"])
def test_the_page_is_as_it_was_approved(engine: Engine, locale: str) -> None:
    approved = (HERE / f"seed_pair.{locale}.json").read_text(encoding="utf-8")
    assert written(page(engine, locale)) == approved


def texts(statements: list[dict[str, Any]]) -> list[str]:
    return [statement["text"] for statement in statements]


def test_it_is_right_where_the_page_was_wrong(engine: Engine) -> None:
    """Each assertion is one of the page's own mistakes; none is read from the approved file."""
    comparison = page(engine, "en")["data"]["comparison"]
    rows = {row["attribute"]["key"]: row["outcome"] for row in comparison["glance"]["rows"]}
    assert rows == {
        "salary": "DIFFERS",
        "demand-score": "B",
        "ai-replacement-risk": "TIE",
        "learning-curve": "A",
        "difficulty": "TIE",
        "entry-barrier": "TIE",
        "remote-friendly": "TIE",
        "requires-coding": "TIE",
    }
    sentences = " ".join(texts(comparison["summary"]) + texts(comparison["verdict"]["conclusion"]))
    assert "lower AI replacement risk" not in sentences and "lower entry barrier" not in sentences
    assert "Both have the same AI replacement risk: 15%." in sentences

    verdict = comparison["verdict"]
    about = {
        side: [(it["facts"][0]["attribute"]["key"], it["facts"][0]["part"]) for it in verdict[side]["reasons"]]
        for side in ("chooseA", "chooseB")
    }
    assert about == {
        "chooseA": [("salary", "LOW"), ("learning-curve", None)],
        "chooseB": [("salary", "HIGH"), ("demand-score", None)],
    }

    skills = comparison["skills"]
    assert [(it["a"]["position"], it["b"]["position"]) for it in skills["shared"]] == [(5, 2)]
    related = sorted((it["a"]["position"], it["b"]["position"]) for it in skills["related"])
    assert related == [(1, 8), (2, 1), (7, 6), (8, 7)]
    assert skills["overlap"] == 2 * 1 / 16
    assert all(row[side]["source"]["slug"] for row in comparison["glance"]["rows"] for side in "ab")
    assert comparison["transition"]["grade"] == "MODERATE"


def test_the_other_way_round_says_the_same(engine: Engine) -> None:
    here = page(engine, "en")["data"]["comparison"]
    there = page(engine, "en", a=PAIR["b"], b=PAIR["a"])["data"]["comparison"]
    assert here["canonicalSlug"] == there["canonicalSlug"] and here["slug"] != there["slug"]
    assert sorted(texts(here["summary"])) == sorted(texts(there["summary"]))
    assert texts(here["verdict"]["chooseA"]["reasons"]) == texts(there["verdict"]["chooseB"]["reasons"])
    assert texts(here["verdict"]["conclusion"]) == texts(there["verdict"]["conclusion"])
