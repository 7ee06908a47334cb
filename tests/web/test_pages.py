"""The front page, the page of GraphiQL and the files both load: escaped, under a strict policy, cached exactly."""

import gzip
import re
from pathlib import Path

import pytest
import strawberry
from graphql import parse, validate

import careergraph.web
from careergraph.api.schema import schema
from careergraph.engine.compare import compare
from careergraph.web.assets import ASSETS, FOLDERS, digest
from careergraph.web.config import Config
from careergraph.web.sample import SHORT, sample_pair, sample_query
from truth import seeded
from web.client import Client
from web.stub import Shelf, catalog, stub

WEB = Path(careergraph.web.__file__).parent


def test_the_front_page_shows_the_figures(shelf: Shelf) -> None:
    """What the page says of the catalog is what the catalog holds."""
    shelf.held = catalog(version=7, careers=50)
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
    client = Client(stub(Config(graphiql=False, introspection=False)).asgi())
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


@pytest.mark.parametrize("name", FOLDERS)
def test_files_are_served_from_the_package(client: Client, name: str) -> None:
    """Compressed for browsers that say so, kept for ever under the address with their digest, and not sent twice."""
    content = (WEB / FOLDERS[name] / name).read_bytes()
    response = client.get(f"{ASSETS}/{name}?v={digest(name)}", headers={"Accept-Encoding": "gzip"})
    assert response.content == content and response.headers["content-encoding"] == "gzip"
    assert "immutable" in response.headers["cache-control"]
    assert response.headers["content-type"].startswith("text/javascript" if name.endswith("js") else "text/css")
    assert gzip.decompress(gzip.compress(content)) == content
    plain = client.get(f"{ASSETS}/{name}", headers={"Accept-Encoding": "identity"})
    assert plain.content == content and plain.headers["cache-control"] == "no-cache"
    again = client.get(f"{ASSETS}/{name}", headers={"If-None-Match": response.headers["etag"]})
    assert again.status_code == 304 and not again.content


@pytest.mark.parametrize(
    "name", ["nope.js", "..%2fapp.py", "%2e%2e/%2e%2e/app.py", "app.py", "LICENSE", "graphiql.js%00"]
)
def test_no_other_file_is_served(client: Client, name: str) -> None:
    """The names that are served are a list, not a folder."""
    assert client.get(f"{ASSETS}/{name}").status_code == 404


def test_vendored_files_have_their_licences_and_load_nothing() -> None:
    """Each library is named with its licence, and no comment points to a source map that is not there."""
    folder = WEB / "vendor" / "graphiql"
    licence = (folder / "LICENSE").read_text(encoding="utf-8")
    for name in ("graphiql", "react", "react-dom", "codemirror", "@radix-ui/react-dialog", "Roboto", "Fira Code"):
        assert name in licence
    for path in folder.glob("*.min.*"):
        text = path.read_text(encoding="utf-8")
        assert "sourceMappingURL" not in text and "@import" not in text
        assert path.suffix == ".js" or not re.search(r"url\((?!data:)", text)


def test_health_asks_nothing(client: Client, shelf: Shelf) -> None:
    """The process is up whatever the database does."""
    assert client.get("/healthz").json() == {"status": "up"}
    assert shelf.asked == 0


def test_the_schema_is_served_as_a_text(client: Client) -> None:
    """Client generators read it from here."""
    response = client.get("/schema.graphql")
    assert response.headers["content-type"].startswith("text/plain")
    assert "type Query {" in response.text


@pytest.mark.parametrize("path", ["/nowhere", "/graphql/x", "/%ff", "/healthz/"])
def test_an_unknown_address_is_a_coded_404(client: Client, path: str) -> None:
    """Also where nothing is, the answer has the shape that clients know."""
    response = client.get(path)
    assert response.status_code == 404
    assert response.json()["errors"][0]["extensions"] == {"code": "NOT_FOUND"}
