"""The page of a career: its figures with their sources, its way, its skills, its place in its field."""

import re
from dataclasses import replace

from careergraph.engine.content import Image, ImageFile
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
        ("", "more than 48 months of training and experience.", "Or come from a career nearby", "moderate"),
        ("/de", "mehr als 48 Monate an Ausbildung und Erfahrung.", "Oder aus einem nahen Beruf kommen", "mittel"),
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


def test_each_figure_says_how_exact_it_is() -> None:
    """Percentiles, the share of answers with its interval and their count, in the language of the page."""
    for path, *texts in (
        ("/careers/plumber", "Percentiles 10 and 90 of what is paid."),
        ("/careers/actuary", "Named by 78.6% of those who answered. 28 answers. United States."),
        ("/careers/computer-programmer", "Named by 88% of those who answered. Confidence interval 65.6 to 96.6."),
        ("/de/careers/actuary", "Von 78,6\u00a0% der Befragten genannt. 28 Antworten."),
        ("/compare/actuary-vs-plumber", "Named by 78.6% of those who answered."),
        ("/compare/actuary-vs-plumber-vs-statistician", "Named by 78.6% of those who answered."),
    ):
        html = client().get(path).text
        assert all(text in html or text in Page(html).text for text in texts), path


def test_a_picture_comes_in_the_width_that_is_needed_and_moves_nothing() -> None:
    """Its addresses are relative, so that they hold under any prefix; one elsewhere is as it was written."""
    catalog = seeded.catalog()
    file = ImageFile(sha256="a" * 64, media_type="image/webp", width=1000, height=500)
    images = {
        "plumber": Image(slug="x", alt={"en": 'A "pipe"'}, file=file, credit="Ann"),
        "actuary": Image(url="https://images.example/a.jpg", alt={"en": "Tables"}),
        "lawyer": Image(url="javascript:alert(1)", alt={"en": "Bad"}),
    }
    careers = {slug: replace(catalog.careers[slug], image=image) for slug, image in images.items()}
    asker = client(replace(catalog, careers={**catalog.careers, **careers}))
    for path, up in (("", "../"), ("/de", "../../")):
        html = asker.get(f"{path}/careers/plumber").text
        (tag,) = re.findall(r"<img [^>]*>", html)
        srcset = ", ".join([f"{up}media/{file.name(it)} {it}w" for it in (160, 320, 640, 960, 1000)])
        assert f'src="{up}media/{file.name(960)}" srcset="{srcset}"' in tag
        assert 'width="1000" height="500" alt="A &#34;pipe&#34;"' in tag and "<figcaption>Ann</figcaption>" in html
    (tag,) = re.findall(r"<img [^>]*>", asker.get("/careers/actuary").text)
    assert tag == '<img src="https://images.example/a.jpg" alt="Tables" loading="lazy">'
    assert "<img" not in asker.get("/careers/lawyer").text


def test_other_names_beyond_the_first_unfold() -> None:
    """A career of sixty names does not begin with a screen full of them."""
    catalog = seeded.catalog()
    named = replace(catalog.careers["plumber"], aliases={"en": tuple(f"Name {n}" for n in range(60))})
    html = client(replace(catalog, careers=dict(catalog.careers) | {"plumber": named})).get("/careers/plumber").text
    assert "Also called Name 0, Name 1, Name 2, Name 3, Name 4, Name 5.</p><details><summary>and 54 more" in html
    assert "Name 59." in html


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
