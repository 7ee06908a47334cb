"""The guide to the pages: what it shows works, and what it names is there."""

import re
from pathlib import Path

import careergraph.web.pages
from truth import seeded
from web.pages.site import client

ROOT = Path(__file__).parents[3]
GUIDE = (ROOT / "docs" / "how-to" / "front-end.md").read_text(encoding="utf-8")
PAGES = Path(careergraph.web.pages.__file__).parent


def blocks(language: str) -> list[str]:
    """The examples in a language."""
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)


def test_the_look_and_the_frame_of_the_guide(tmp_path: Path) -> None:
    """Both examples, put where the guide says."""
    theme, embedded = blocks("css")
    layout, element = blocks("html")
    for name, text in (("static/theme.css", theme), ("templates/layout.html", layout)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    asker = client(pages_folder=str(tmp_path))
    html = asker.get("/careers/plumber").text
    assert "Run by Example Ltd." in html
    address = re.search(r'href="\.\./(_careergraph/pages/theme\.css[^"]*)"', html)
    assert address is not None and asker.get("/" + address[1]).text == theme
    properties = (PAGES / "static" / "site.css").read_text(encoding="utf-8")
    assert all(f"{name}:" in properties for name in re.findall(r"(--[\w-]+):", theme))
    component = asker.get("/embed.js").text
    assert all(name in component for name in re.findall(r"(--career[\w-]+):", embedded))
    assert (
        'customElements.define("career-comparison"' in component and 'src="https://careers.example/embed.js"' in element
    )
    parts = re.search(r"`::part\(\)` \((.*?)\)", GUIDE)
    assert parts is not None
    assert all(f'part: "{name}"' in component or f'"{name}"' in component for name in re.findall(r"`(\w+)`", parts[1]))


def test_the_addresses_of_the_guide() -> None:
    """Each is served."""
    asker = client(public_url="https://careers.example")
    for path in ("/", "/compare", "/careers", "/skills", "/categories", "/collections", "/search?text=x"):
        assert f"`{path.partition('?')[0]}" in GUIDE and asker.get(path).status_code == 200
    assert asker.get("/sitemap.xml").status_code == asker.get("/robots.txt").status_code == 200


def test_the_component_is_small() -> None:
    """Under 12 KB as it is sent, and readable by pages of any origin."""
    response = client().get("/embed.js", headers={"Accept-Encoding": "gzip"})
    assert int(response.headers["content-length"]) < 12_000 and response.headers["content-encoding"] == "gzip"
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["cross-origin-resource-policy"] == "cross-origin"


def test_no_word_of_the_interface_stands_in_a_template() -> None:
    """Words are content. Between tags and expressions a template has punctuation and names of products."""
    allowed = {"GraphiQL", "GraphQL", "career-comparison", "lt", "gt", "8203"}
    for file in (PAGES / "templates").glob("*.html"):
        text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        text = re.sub(r"<[^>]*>|[\w-]+=\"[^\"]*\"", " ", text)
        words = set(re.findall(r"[A-Za-z][A-Za-z-]+", text)) - allowed
        assert not words, f"{file.name}: {words}"


def test_every_label_of_a_template_is_seeded_in_both_languages() -> None:
    """A label that nobody wrote would be shown as its name."""
    catalog = seeded.catalog()
    for file in (PAGES / "templates").glob("*.html"):
        for name in re.findall(r"w(?:\.count)?\('([a-z0-9.-]+)'(?! ~)", file.read_text(encoding="utf-8")):
            for code in ("en", "de"):
                phrases = catalog.locales[code].phrases
                keys = {f"label.{name}", f"label.{name}.one", name} & set(phrases)
                assert keys, f"{file.name}: {name} in {code}"
