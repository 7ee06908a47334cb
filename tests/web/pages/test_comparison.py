"""The page of two careers: every section, true to the answer that it is made from."""

import json
import re
from dataclasses import replace
from html import unescape

import pytest

from careergraph.api.base.context import Context
from careergraph.api.schema import schema
from careergraph.engine.text.localized_catalog import localize
from careergraph.web.pages.rendering.words import Words
from truth import seeded
from web.pages.site import EVERY_KIND, PAIR, SIX, THREE, Page, cells, client

SECTIONS = ("glance", "skills", "choose", "moving", "conclusion", "another", "collections", "sources")


def test_it_has_every_section_of_a_comparison_in_order() -> None:
    """The sections that a comparison page must have, each with a heading that a link can lead to."""
    html = client().get(PAIR).text
    places = [html.index(f'<h2 id="{name}"') for name in SECTIONS]
    assert places == sorted(places)


def test_the_table_says_what_the_answer_says() -> None:
    """Both figures and the outcome of each row; a tie is said as one, and only the figure that leads is marked."""
    html = client().get(PAIR).text
    rows = cells(html)
    assert rows["Salary range"] == ["$135,000 – $210,000/yr", "Split", "$120,000 – $280,000/yr"]
    assert rows["Demand score"] == ["9.0/10", "B leads", "9.2/10"]
    assert rows["AI replacement risk"] == ["15%", "Level", "15%"]
    assert rows["Learning curve"] == ["8 months", "A leads", "10 months"]
    assert rows["Difficulty"][1] == rows["Entry barrier"][1] == rows["Remote friendly"][1] == "Level"
    table = html[html.index('<table class="glance"') : html.index("</table>")]
    assert re.findall(r"<mark>(.*?)</mark>", table) == ["$135,000", "$280,000/yr", "9.2/10", "8 months"]


@pytest.mark.parametrize("pair", [PAIR, "/compare/actuary-vs-plumber", "/compare/plumber-vs-solar-installer"])
def test_every_statement_of_the_answer_is_on_the_page(pair: str) -> None:
    """The page computes nothing: reasons, conclusion and skills are those of the API, word for word."""
    slugs = pair.rpartition("/")[2].split("-vs-")
    query = """query($a: String!, $b: String!) { comparison(a: $a, b: $b) {
        lead { statements { text } }
        verdict {
            chooseA { reasons { text: clause } note { text } }
            chooseB { reasons { text: clause } note { text } }
            either { text: clause }
            conclusion { text }
        }
        skills { aOnly { text } bOnly { text } related { because } } } }"""
    context = Context(catalog=seeded.catalog(), as_of=lambda _: seeded.catalog())
    result = schema.execute_sync(query, variable_values=dict(zip("ab", slugs, strict=True)), context_value=context)
    text = Page(client().get(pair).text).text
    for quoted in re.findall(r'"(?:text|because)": (".*?[^\\]")', json.dumps(result.data)):
        assert " ".join(json.loads(quoted).split()) in text


def test_no_side_is_left_without_a_word() -> None:
    """A side without a reason says so with what is known, and a conclusion stands; of a sample of pairs."""
    asker, slugs = client(), list(seeded.catalog().careers)
    for a, b in zip(slugs[::7], slugs[3::7], strict=False):
        html = asker.get(f"/compare/{'-vs-'.join(sorted((a, b)))}").text
        choose = html[html.index('<h2 id="choose">') : html.index('<h2 id="moving">')]
        for side in choose.split("<section>")[1:3]:
            assert "<li>" in side or "more soft" in side
        assert '<p class="say">' in html


def test_reasons_complete_their_heading() -> None:
    """ "Choose the career if you" goes on in the list, in both languages."""
    english, german = client().get(PAIR).text, client().get("/de" + PAIR).text
    assert "<li>want the higher salary floor: $135,000 vs $120,000 a year</li>" in english
    section = german[german.index('<h2 id="choose">') : german.index('<h2 id="moving">')]
    assert not re.search(r"<li>Du ", section)


def test_each_figure_says_where_it_is_from() -> None:
    """Its method, its date where there is one, its licence, and the way to the source itself."""
    html = client().get("/compare/actuary-vs-plumber").text
    text = Page(html).text
    assert "10th and 90th percentile of annual wages, May 2025, as published for SOC 15-2011 (Actuaries)." in text
    assert "Observed in May 2025" in text and "Public domain" in text
    assert 'href="#source-bls-oews"' in html and 'id="source-bls-oews"' in html
    assert 'href="https://www.bls.gov/oes/"' in html
    assert "O*NET 29.3 Database by the U.S. Department of Labor" in text, "credits stand on the page"


@pytest.mark.parametrize("path", [path for path in EVERY_KIND if path != "/search"])
def test_credits_stand_on_each_page(path: str) -> None:
    """With the figures that they are of, or at the foot of a page that has none; never twice."""
    html = unescape(client().get(path).text)
    credit = str(seeded.catalog().sources["onet"].credit)
    own = '<h2 id="sources">' in html and "O*NET" not in html
    assert html.count(credit) == (0 if own else 1)


@pytest.mark.parametrize("path", ["/careers/actuary", "/compare/actuary-vs-plumber", THREE])
def test_texts_without_a_figure_are_credited(path: str) -> None:
    """A taxonomy publishes texts alone, and its licence asks for its name."""
    whole = seeded.catalog()
    bare = {slug: replace(it, values=(), regional=()) for slug, it in whole.careers.items()}
    html = unescape(client(replace(whole, careers=bare)).get(path).text)
    assert "There is no figure here whose source could be named." in html
    assert html.count(str(whole.sources["onet"].credit)) == 1


def test_an_end_that_leads_has_its_currency_and_period() -> None:
    """Alone it stands beside no other end that has them."""
    for path, low in (("", "$135,000/yr"), ("/de", "135.000 $ pro Jahr")):
        verdict = re.findall(r"<mark>(.*?)</mark>", client().get(path + PAIR).text)
        assert verdict[0].replace("\xa0", " ").replace("\u202f", " ") == low


def test_skills_that_both_word_alike_are_named_once() -> None:
    """And the others side by side, in the words of each."""
    html = client().get("/compare/information-security-engineer-vs-penetration-tester").text
    skills = html[html.index('<h2 id="skills">') : html.index('<h2 id="choose">')]
    assert Page(skills).text.count("Python") == 1


def test_charts_have_text_alternatives() -> None:
    """Each drawing that says something has a role and a title that somebody hears instead."""
    html = client().get(PAIR).text
    for attributes in Page(html).all("svg"):
        if attributes.get("role") == "img":
            assert f'<title id="{attributes["aria-labelledby"]}">' in html
    assert "AI Model Routing Engineer: $135,000–$210,000/yr, on an axis from $0 to $300,000" in html
    bars = re.findall(r'<rect class="g-bar" x="([\d.]+)%" y="6" width="([\d.]+)%"', html)
    assert bars == [("45.0", "25.0"), ("40.0", "53.33")]


def test_what_neither_has_is_said_once() -> None:
    """Not a row of dashes for each."""
    html = client().get(PAIR).text
    assert "Not known for either: Exposure to language models, Preparation needed, Usual education." in Page(html).text
    assert "Usual education" not in cells(html)


@pytest.mark.parametrize(("prefix", "outcome"), [("", "Undecided"), ("/de", "Offen")])
def test_figures_that_do_not_decide_are_not_called_unknown(prefix: str, outcome: str) -> None:
    """Both salaries are there, so their row says something else than one in which a figure is missing."""
    html = client(seeded.beginning_alike()).get(prefix + PAIR).text
    rows = cells(html)
    both = [row for row in rows.values() if outcome in row]
    assert len(both) == 1 and all("100" in figure for figure in both[0][::2])
    assert "pay the same" not in Page(html).text


def test_all_that_cannot_be_compared_is_counted() -> None:
    """Salaries of two bases are in the table, and of what the page says cannot be compared."""
    attributes = len(seeded.catalog().attributes)
    page = client().get("/compare/actuary-vs-ai-model-routing-engineer")
    assert cells(page.text)["Salary range"][1] == "Not compared"
    apart = [row for row in cells(page.text).values() if row[1] in ("Not compared", "Not known")]
    neither = attributes - len(cells(page.text))
    assert f"{len(apart) + neither} of {attributes} cannot be compared" in Page(page.text).text


def test_several_careers_have_a_table_and_their_pairs() -> None:
    """Three to six: a column each, skills that more than one has, and the way to each pair."""
    html = client().get(THREE).text
    page = Page(html)
    assert len(re.findall(r'<th scope="col" role="columnheader">', html)) == 4
    assert "Model evaluation" in page.text and "$105,000–$215,000/yr" in page.text
    pairs = [href for href in page.hrefs() if "-vs-" in href and href.count("-vs-") == 1]
    assert len({*pairs}) == 3


def test_of_several_salaries_the_best_ends_are_marked() -> None:
    """Where none is the highest at both; in the verdict, the chart and the table."""
    html = client().get(SIX).text
    verdict = Page(html[html.index('<h2 id="verdict"') : html.index('<nav class="jump"')]).text
    assert "Salary range, percentile 10 $78,570/yr" in verdict and "percentile 90 $351,600/yr" in verdict
    table = html[html.index('<table class="many') : html.index("</table>")]
    assert re.findall(r"<mark>(.*?)</mark>", table) == ["$78,570", "$351,600/yr"]


def test_pages_stay_small() -> None:
    """40 kB without scripts, uncompressed."""
    slugs = ("ai-governance-specialist", "ai-product-manager", "computer-vision-engineer", "conversational-ai-designer")
    six = f"/de/compare/{'-vs-'.join(slugs)}-vs-electrician-vs-mlops-engineer"
    assert all(len(client().get(path).content) < 40_000 for path in (PAIR, THREE, "/de" + PAIR, six))
    assert "Methode" not in client().get(six).text and "<dd>A, B, C, D, F</dd>" in client().get(six).text


def test_titles_that_are_not_translated_name_their_language() -> None:
    """A screen reader that reads German says English titles and summaries in English."""
    title = re.compile('<span lang="en">AI Model Routing Engineer</span>')
    english = client(seeded.untranslated())
    for path, least in ((PAIR, 2), (PAIR + "-vs-plumber", 2), ("/careers/ai-model-routing-engineer", 1)):
        german = english.get(f"/de{path}").text
        assert len(title.findall(german)) >= least
        assert "lang=" not in re.sub("<html lang|hreflang=|<a [^>]*lang=", "", english.get(path).text)
        assert not title.search(client().get(f"/de{path}").text)
    summary = seeded.catalog().careers["ai-model-routing-engineer"].summary["en"]
    assert (
        f'<p class="lede"><span lang="en">{summary}</span>' in english.get("/de/careers/ai-model-routing-engineer").text
    )


def test_a_move_counts_by_the_whole_list_and_claims_no_more_than_it() -> None:
    """One of five is of five skills, and months that remain are said to follow from the shortest times. Of the longest
    that lead to both careers, none may remain."""
    text = Page(client().get("/compare/software-developer-vs-web-developer").text).text
    assert "1 of 5 skills" in text and "1 of 6 skills" in text
    moves = text.partition("Moving between them")[2]
    assert "about 0 months" not in text and "by the shortest times that sources give" in moves
    assert "at least" not in moves and "as far as sources say" not in moves
    words = Words(localize(seeded.catalog(), "en"))
    assert words.count("count.of-skills", 1, n=1, total=1) == "1 of 1 skill"
    assert "12 Fähigkeiten" in Words(localize(seeded.catalog(), "de")).count("count.of-skills", 12, n=1, total=12)
