"""Relay: its compiler takes the schema, pages join into one connection, and a server answers the ids that it wrote."""

import json
from pathlib import Path

from clients.npm import install, print_schema, run
from clients.test_typescript import app
from truth import seeded
from web.conftest import running


def test_relay_reads_all_pages_by_the_ids_of_its_compiler(tmp_path: Path) -> None:
    """MD5 as it makes them, unless told otherwise; the server answers nothing but what its manifest has."""
    folder = install("relay", tmp_path)
    (folder / "schema.graphql").write_text(print_schema(), encoding="utf-8")
    run(folder, "npm", "run", "generate")
    run(folder, "npm", "run", "build")
    manifest = folder / "persisted.json"
    [name] = json.loads(manifest.read_text(encoding="utf-8"))
    assert len(name) == 32
    with running(app(trusted_documents=str(manifest)).asgi()) as address:
        output = run(folder, "npm", "--silent", "start", CAREERGRAPH_URL=f"{address}/graphql")
    careers = seeded.catalog().careers.values()
    assert {locale: sorted(titles) for locale, titles in json.loads(output).items()} == {
        locale: sorted(it.title[locale] for it in careers) for locale in ("en", "de")
    }
