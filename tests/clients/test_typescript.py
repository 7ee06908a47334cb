"""Typed clients: the example compiles under `strict`, and reads a real server with Apollo Client, urql and gql.tada."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from careergraph import CareerGraph, Config
from clients.npm import install, print_schema, run
from truth import seeded
from web.conftest import running
from web.stub import Shelf

MORE = """import type { ResultOf } from "@graphql-typed-document-node/core";
import { graphql } from "./gql/index.js";
export const Title = graphql(`query Title($slug: String!) { career(slug: $slug) { title } }`);
export const titleOf = (data: ResultOf<typeof Title>): string | undefined => data.career?.title;
"""
"""A file with one more query, as somebody adds it who begins with the example."""


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The example with a query more, generated and compiled."""
    folder = install("typescript", tmp_path_factory.mktemp("clients"))
    (folder / "src" / "more.ts").write_text(MORE, encoding="utf-8")
    (folder / "schema.graphql").write_text(print_schema(), encoding="utf-8")
    (folder / "cache.json").write_text(print_schema("--cache"), encoding="utf-8")
    run(folder, "npm", "run", "generate")
    run(folder, "npm", "run", "build")
    yield folder


def app(**settings: str) -> CareerGraph:
    shelf = Shelf(seeded.catalog())
    return CareerGraph(Config.of(**settings), open_catalogs=lambda _: shelf)


def test_each_client_reads_a_pair_in_both_languages(example: Path) -> None:
    """A page that was read in English stays English after the same one was read in German; all pages of a list join."""
    with running(app().asgi()) as address:
        output = run(example, "npm", "--silent", "start", CAREERGRAPH_URL=f"{address}/graphql")
    results = json.loads(output)
    careers = seeded.catalog().careers
    one, other = careers["accountant"], careers["actuary"]
    titles = [f"{one.title['en']} vs {other.title['en']}", f"{one.title['de']} vs. {other.title['de']}"]
    expected = {"titles": titles, "careers": len(careers)}
    assert results == {"apollo": expected, "urql": expected, "tada": {"titles": titles}}


def test_a_server_takes_the_manifest_that_was_generated(example: Path) -> None:
    """It answers the documents by the ids that the generator wrote, and nothing else."""
    manifest = example / "src" / "gql" / "persisted-documents.json"
    documents = json.loads(manifest.read_text(encoding="utf-8"))
    assert len(documents) == 4 and all(name.startswith("sha256:") for name in documents)
    with running(app(trusted_documents=str(manifest)).asgi()) as address:
        script = """
            const [url, id] = process.argv.slice(1);
            const body = JSON.stringify({ documentId: id, variables: { a: "accountant", b: "actuary" } });
            const headers = { "Content-Type": "application/json" };
            console.log(await (await fetch(url, { method: "POST", headers, body })).text());
        """
        pair = next(name for name, text in documents.items() if "comparison(" in text)
        for name, part in ((pair, '"comparison"'), ("sha256:" + "0" * 64, "UNTRUSTED_DOCUMENT")):
            output = run(example, "node", "--input-type=module", "-e", script, f"{address}/graphql", name)
            assert part in output


def test_urql_sends_ids_of_its_own_text(example: Path, tmp_path: Path) -> None:
    """Behind its cache it asks for more than was written, and its id is that of the text as it prints it."""
    manifest = tmp_path / "urql.json"
    manifest.write_text(run(example, "node", "build/src/persisted.js"), encoding="utf-8")
    with running(app(trusted_documents=str(manifest)).asgi()) as address:
        title = run(example, "node", "build/src/persisted.js", f"{address}/graphql", "accountant", "actuary")
    assert json.loads(title) == "Accountant vs Actuary"


def test_the_schema_passes_the_recommended_rules(example: Path) -> None:
    """But for an id on each type: the exceptions are the parts of other objects, by name."""
    run(example, "npm", "run", "lint")


def test_a_mock_server_answers_from_the_schema_alone(example: Path) -> None:
    script = """
        import { serve } from "./build/src/mock.js";
        import { read } from "./build/src/tada.js";
        const server = await serve(0);
        console.log(JSON.stringify(await read(`http://127.0.0.1:${server.address().port}`, "a", "b", ["en"])));
        server.close();
    """
    assert json.loads(run(example, "node", "--input-type=module", "-e", script)) == {"titles": ["Baker vs Plumber"]}
