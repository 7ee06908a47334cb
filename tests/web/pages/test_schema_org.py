"""Structured data against schema.org's own types, as schema-dts gives them to the compiler of TypeScript."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from web.pages.site import INDEXED, client
from web.pages.test_search_engines import SITE, structured

PACKAGES = ("schema-dts@1.1.5", "typescript@5.9.3")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the compiler and the types, fetched by npm."""
    npm, place = shutil.which("npm"), tmp_path_factory.mktemp("schema-org")
    if npm is None:
        pytest.skip("no npm here, which fetches schema-dts and TypeScript")
    command = [npm, "install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(place)]
    if subprocess.run([*command, *PACKAGES], capture_output=True, timeout=180, check=False).returncode:
        pytest.skip("npm cannot fetch schema-dts and TypeScript here")
    return place


def compiled(folder: Path, data: list[object]) -> str:
    """What the compiler says of structured data; nothing where all of it is of its types."""
    lines = [f"export const page{n}: Graph = {json.dumps(each)};" for n, each in enumerate(data)]
    source = folder / "pages.ts"
    source.write_text("\n".join(['import type { Graph } from "schema-dts";', *lines]), encoding="utf-8")
    command = [str(folder / "node_modules" / ".bin" / "tsc"), "--noEmit", "--strict", "--skipLibCheck", str(source)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, cwd=folder).stdout


def test_every_page_is_of_the_types_of_schema_org(folder: Path) -> None:
    """And the compiler does tell of a property that a type has not."""
    asker = client(public_url=SITE)
    pages: list[object] = [structured(asker.get(path).text) for path in INDEXED]
    assert compiled(folder, pages) == ""
    wrong = json.loads(json.dumps(pages[INDEXED.index("/careers/plumber")]))
    wrong["@graph"][0]["estimatedSalary"][0]["minimum"] = 1
    assert "minimum" in compiled(folder, [wrong])
