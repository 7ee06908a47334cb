"""The front page, the page of GraphiQL and the files both load: escaped, under a strict policy, cached exactly."""

import gzip
import json
import re
from hashlib import sha256
from pathlib import Path

import pytest
import strawberry
from graphql import parse, validate

import careergraph.web
from careergraph.api.schema import schema
from careergraph.engine.comparison.compare import compare
from careergraph.web.core.config import Config
from careergraph.web.developer.assets import ASSETS, BUILT, FOLDERS, asset
from careergraph.web.developer.sample import SHORT, sample_pair, sample_query
from truth import seeded
from web.client import Client
from web.stub import Shelf, catalog, stub

WEB = Path(careergraph.web.__file__).parent


def test_the_front_page_shows_the_figures(shelf: Shelf) -> None:
    """What the page says of the catalog is what the catalog holds."""
    shelf.published = catalog(version=7, careers=50)
    page = Client(stub(shelf=shelf).asgi()).get("/").text
    figures = dict(re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", page))
    assert figures == {"careers": "50", "comparisons": "1,225", "skills": "0", "locales": "en", "catalog version": "7"}


def test_content_is_escaped(client: Client) -> None:
    """Titles are editors' text; the stub's have angle brackets."""
    page = client.get("/").text
    assert "Career &lt;0&gt; vs Career &lt;1&gt;" in page and "Career <0>" not in page


@pytest.mark.parametrize("path", ["/", "/graphiql"])
def test_pages_are_under_a_strict_policy(client: Client, path: str) -> None:
    """No script and no style inside of the page, nothing from elsewhere, no frame around it."""
    response = client.get(path)
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "script-src 'self';" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe-eval" not in policy and ("unsafe-inline" not in policy or path == "/graphiql")
    assert response.headers["x-frame-options"] == "DENY"
    assert not re.search(r"<script(?![^>]*src=)|<style|\son\w+=|\sstyle=|https?://", response.text)


def test_every_link_of_the_front_page_leads_somewhere(client: Client) -> None:
    """A dead link on the first page a newcomer sees is the worst one."""
    links = re.findall(r'href="(?!data:)([^"]+)"', client.get("/").text)
    assert len(links) >= 7
    for link in links:
        response = client.get("/" + link.replace("&amp;", "&"))
        assert response.status_code == 200 or (link == "graphql" and response.status_code == 400), link


def test_what_is_off_is_not_linked() -> None:
    """A switch takes the page and every link to it."""
    client = Client(stub(Config.of(graphiql=False, introspection=False)).asgi())
    page = client.get("/").text
    assert "graphiql" not in page.lower() and "schema.graphql" not in page
    assert client.get("/graphiql").status_code == 404


def test_the_sample_leads_a_collection_and_has_much_to_compare() -> None:
    """A newcomer's first answer should show what the seed can: all attributes of the page, shared and related skills.

    Without collections it is the first two careers, and without careers a query that still runs.
    """
    seed = seeded.catalog()
    pair = sample_pair(seed)
    assert pair is not None
    assert any(collection.careers[:2] == pair for collection in seed.collections.values())
    comparison = compare(seed, *pair)
    assert len(comparison.glance.rows) >= 8
    assert comparison.skills.shared and len(comparison.skills.related) >= 4
    assert sample_pair(catalog(careers=3)) == ("career-0", "career-1")
    assert sample_pair(catalog(careers=1)) is None
    assert sample_query(None) == "{ catalog { version careers } }\n"


def test_the_sample_queries_fit_the_public_schema() -> None:
    """They are what a newcomer runs first."""
    public: strawberry.Schema = schema
    for query in (sample_query(("a", "b")), sample_query(("a", "b"), SHORT), sample_query(None)):
        assert validate(public._schema, parse(query)) == []


@pytest.mark.parametrize("name", sorted(FOLDERS))
def test_files_are_served_from_the_package(client: Client, name: str) -> None:
    """Compressed for browsers that say so, kept for ever under an address with a digest, and not sent twice.

    Built files name one another, so they carry their digests in their names.
    """
    content = (WEB / FOLDERS[name] / name).read_bytes()
    response = client.get(f"{ASSETS}/{name}?v={asset(name).digest}", headers={"Accept-Encoding": "gzip"})
    assert response.content == content and response.headers["content-encoding"] == "gzip"
    assert "immutable" in response.headers["cache-control"]
    kinds = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".ttf": "font/ttf"}
    assert response.headers["content-type"] == kinds[Path(name).suffix]
    assert gzip.decompress(gzip.compress(content)) == content
    plain = client.get(f"{ASSETS}/{name}", headers={"Accept-Encoding": "identity"})
    assert plain.content == content and ("immutable" in plain.headers["cache-control"]) == (name in BUILT)
    assert name in BUILT or plain.headers["cache-control"] == "no-cache"
    again = client.get(f"{ASSETS}/{name}", headers={"If-None-Match": response.headers["etag"]})
    assert again.status_code == 304 and not again.content


@pytest.mark.parametrize(
    "name", ["nope.js", "..%2fapp.py", "%2e%2e/%2e%2e/app.py", "app.py", "LICENSE", "manifest.json", "home.css%00"]
)
def test_no_other_file_is_served(client: Client, name: str) -> None:
    """The names that are served are a list, not a folder."""
    assert client.get(f"{ASSETS}/{name}").status_code == 404


def test_built_files_have_their_licences_and_load_nothing() -> None:
    """Each library is named with its licence, no comment points to a source map, and no address leads elsewhere.

    The editor is without the DOMPurify of 2024 that it comes with.
    """
    folder = WEB / "vendor" / "graphiql"
    licence = (folder / "LICENSE").read_text(encoding="utf-8")
    for name in (
        "graphiql 5.",
        "react 19.",
        "react-dom 19.",
        "monaco-editor 0.",
        "picomatch-browser 2.",
        "dompurify 3.5",
    ):
        assert f"\n{name}" in licence, name
    for path in (folder / name for name in BUILT if not name.endswith("ttf")):
        text = path.read_text(encoding="utf-8")
        assert "sourceMappingURL=" not in text and "@import" not in text, path
        assert not re.search(r"import\(?[\"']https?:", text), path
        assert path.suffix == ".js" or not re.search(r"url\((?!data:|\./)", text), path
        assert "3.1.7" not in text, path
        assert re.fullmatch(r"[\w.-]+-[\w-]{8}", path.stem), path


def test_the_bundle_was_built_from_these_sources() -> None:
    """Whoever changes the sources, or what is pinned, has to run `make graphiql`; the build writes what it read."""
    sources = Path(__file__).parents[3] / "tools" / "graphiql"
    written = (WEB / "vendor" / "graphiql" / "sources.txt").read_text(encoding="utf-8").splitlines()
    assert {line.split()[1]: line.split()[0] for line in written} == {
        path.name: sha256(path.read_bytes()).hexdigest()
        for path in sources.iterdir()
        if path.suffix in {".js", ".css", ".json"}
    }


def test_what_is_built_is_pinned_and_from_nowhere() -> None:
    """Versions are exact, and the lock holds a hash of each package but no address."""
    sources = Path(__file__).parents[3] / "tools" / "graphiql"
    package = json.loads((sources / "package.json").read_text(encoding="utf-8"))
    for version in [*package["dependencies"].values(), *package["devDependencies"].values()]:
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    lock = json.loads((sources / "package-lock.json").read_text(encoding="utf-8"))
    for name, entry in lock["packages"].items():
        assert "resolved" not in entry and (name == "" or entry["integrity"].startswith("sha512-")), name


def test_the_page_names_what_the_build_made(client: Client) -> None:
    """The entry, its style and the editor, which is asked for before the entry has run; each is there."""
    page = client.get("/graphiql").text
    for pattern in (
        '<script type="module" src="([^"]+)"',
        'rel="stylesheet" href="([^"]+)"',
        'rel="modulepreload" href="([^"]+)"',
    ):
        (address,) = re.findall(pattern, page)
        assert client.get(f"/{address}").status_code == 200


def test_health_asks_nothing(client: Client, shelf: Shelf) -> None:
    """The process is up whatever the database does."""
    assert client.get("/healthz").json() == {"status": "up"}
    assert shelf.reads == 0


def test_the_schema_is_served_as_a_text(client: Client) -> None:
    """Client generators read it from here."""
    response = client.get("/schema.graphql")
    assert response.headers["content-type"].startswith("text/plain")
    assert "type Query {" in response.text


@pytest.mark.parametrize("path", ["/nowhere", "/graphql/x", "/%ff", "/healthz/x"])
def test_an_unknown_address_is_a_coded_404(client: Client, path: str) -> None:
    """Also where nothing is, the answer has the shape that clients know."""
    response = client.get(path)
    assert response.status_code == 404
    assert response.json()["errors"][0]["extensions"] == {"code": "NOT_FOUND"}
