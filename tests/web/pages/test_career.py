"""The page of a career: its figures with their sources, its way, its skills, its place in its field."""

import re
from dataclasses import replace

from truth import seeded
from web.pages.site import Page, client


def test_a_roadmap_says_whether_somebody_wrote_it() -> None:
    """A way that is derived by a rule is marked as derived, here and where a comparison leads to it."""
    written = client().get("/careers/ai-model-routing-engineer").text
    derived = client().get("/careers/plumber").text
    heading = re.compile(r'<h2 id="roadmap">(.*?)</h2>', re.DOTALL)
    assert "Derived" not in heading.findall(written)[0] and "Models and their interfaces" in written
    assert "Derived" in heading.findall(derived)[0] and '<ol class="road">' in derived
    assert "stages (derived)" in Page(client().get("/compare/actuary-vs-plumber").text).text


def test_a_derived_roadmap_says_how_long_it_takes_and_who_leads_there() -> None:
    """In both languages, by what the source of its preparation says; nothing of it where somebody wrote the way."""
    for path, time, heading, grade in (
        ("", "All of it takes more than 48 months of training and experience.", "Or come from a career nearby", "easy"),
        ("/de", "mehr als 48 Monate an Ausbildung und Erfahrung.", "Oder aus einem nahen Beruf kommen", "leicht"),
    ):
        html = client().get(f"{path}/careers/biostatistician").text
        text = Page(html).text
        assert time in text and heading in text
        assert re.search(rf'<a href="[./]*{path}/compare/biostatistician-vs-statistician">', html)
        assert f"Statistician {grade}" in text or f"Statistiker/in {grade}" in text
        assert heading not in Page(client().get(f"{path}/careers/ai-model-routing-engineer").text).text
    assert "over 12, up to 24 months" in Page(client().get("/careers/plumber").text).text


def test_each_figure_says_where_it_is_from() -> None:
    """A summary that is always there, the rest on demand, and the source once at the end."""
    html = client().get("/careers/plumber").text
    rows = re.findall(r'<tr><th scope="row">(.*?)</th><td>(.*?)</td></tr>', html)
    assert ("Salary range", "$44,150–$108,420/yr") in rows
    assert html.count("<details>") == len(rows)
    assert 'id="source-bls-oews"' in html and 'href="https://www.bls.gov/oes/"' in html


def test_its_pay_stands_among_its_field() -> None:
    """Every bar on one axis, this career's own told from the others'."""
    html = client().get("/careers/ai-model-routing-engineer").text
    chart = html[html.index('<figure class="ranges dense">') : html.index("</figure>")]
    assert chart.count('role="img"') == 13 and chart.count("g-quiet") == 12 and chart.count("g-bar") == 1
    assert "13 of 13 careers" in Page(html).text
    bars = [(float(x), float(width)) for x, width in re.findall(r'x="([\d.]+)%" y="6" width="([\d.]+)%"', chart)]
    assert all(x >= 0 and x + width <= 100.01 for x, width in bars)


def test_a_career_without_anything_has_a_page() -> None:
    """No figure, no skill, no summary: the page says so, and has no empty box."""

    catalog = seeded.catalog()
    bare = replace(catalog.careers["plumber"], values=(), skills=(), summary={}, aliases={})
    html = client(replace(catalog, careers=dict(catalog.careers) | {"plumber": bare})).get("/careers/plumber").text
    text = Page(html).text
    assert "not known" in text and "No skills are listed." in text and "No roadmap is written yet." in text
    assert not re.search(r"<(ul|ol|tbody)[^>]*>\s*</\1>", html)
