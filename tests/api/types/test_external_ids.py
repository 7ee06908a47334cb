"""Careers and skills are found by what they are called elsewhere, and sources are told with their terms."""

import pytest

from api.asking import SEEDED, answer, ask


def test_a_career_is_found_by_its_code() -> None:
    query = """query($scheme: String!, $id: String!) {
      careerByExternalId(externalId: {scheme: $scheme, id: $id}) { slug externalIds { scheme id } }
    }"""
    career = answer(query, SEEDED, scheme="onet", id="15-2051.00")["careerByExternalId"]
    assert career["slug"] == "data-scientist"
    assert {"scheme": "soc", "id": "15-2051"} in career["externalIds"]
    assert ask(query, SEEDED, scheme="onet", id="15-2051").codes == ["UNKNOWN_CAREER"]


def test_careers_that_share_a_code_are_all_listed() -> None:
    query = """{
      careers(filter: {externalId: {scheme: "soc", id: "15-2051"}}) { totalCount edges { node { slug } } }
      careerByExternalId(externalId: {scheme: "soc", id: "15-2051"}) { slug }
    }"""
    data = answer(query, SEEDED)
    slugs = sorted(it["node"]["slug"] for it in data["careers"]["edges"])
    assert len(slugs) == data["careers"]["totalCount"] > 1
    assert data["careerByExternalId"]["slug"] == slugs[0]


def test_a_skill_is_found_by_its_id() -> None:
    query = """query($id: String!) {
      skillByExternalId(externalId: {scheme: "esco", id: $id}) { slug }
      skills(externalId: {scheme: "esco", id: $id}) { totalCount edges { node { slug } } }
    }"""
    data = answer(query, id="w1")
    assert data["skillByExternalId"] == {"slug": "wood"}
    assert data["skills"] == {"totalCount": 1, "edges": [{"node": {"slug": "wood"}}]}
    missing = ask(query, id="nothing")
    assert (missing.codes, missing.data["skills"]["totalCount"]) == (["UNKNOWN_SKILL"], 0)


@pytest.mark.parametrize(("text", "count"), [("wood", 1), ("tools", 0)])
def test_skills_pass_both_tests(text: str, count: int) -> None:
    query = """query($text: String!) {
      skills(search: $text, externalId: {scheme: "esco", id: "w1"}) { edges { node { slug } } }
    }"""
    edges = answer(query, text=text)["skills"]["edges"]
    assert [it["node"]["slug"] for it in edges] == ["wood"] * count


def test_sources_tell_their_terms() -> None:
    """Also those of texts, which no figure leads to."""
    sources = {it["slug"]: it for it in answer("{ sources { slug licence credit vintage } }", SEEDED)["sources"]}
    assert sources["onet"]["licence"] == "CC BY 4.0"
    assert sources["onet"]["credit"].startswith("O*NET 29.3 Database by the U.S. Department of Labor")
    assert list(sources) == sorted(sources)
