"""What the documents show is run: the query gives the answer that is shown, the snippet is a file that is tested."""

import json
import re
from pathlib import Path

from careergraph.api.base.context import Context
from careergraph.api.schema import build_schema
from truth.seeded import catalog

ROOT = Path(__file__).parents[1]


def block(language: str, text: str) -> str:
    match = re.search(rf"```{language}\n(.*?)```", text, re.DOTALL)
    assert match, f"no {language} block"
    return match[1]


def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


def answer() -> dict[str, object]:
    context = Context(catalog=catalog(), as_of=lambda _: catalog())
    result = build_schema().execute_sync(block("graphql", readme()), context_value=context)
    assert not result.errors
    return {"data": result.data}


def test_the_first_query_gives_the_answer_that_is_shown() -> None:
    assert json.loads(block("json", readme())) == answer()


def test_the_mount_snippet_is_the_tested_example() -> None:
    example = (ROOT / "examples" / "host_starlette" / "careers.py").read_text(encoding="utf-8")
    snippet = [line for line in block("python", readme()).splitlines() if line.strip()]
    assert all(line in example.splitlines() for line in snippet)


def test_links_lead_somewhere() -> None:
    for document in (ROOT / "README.md", ROOT / "ARCHITECTURE.md", *ROOT.glob("docs/**/*.md")):
        for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name} links to {target}"


def test_the_guide_names_the_versions_that_examples_install() -> None:
    """Of clients and their tools, in npm's files and in the README of the one in Python."""
    guide = (ROOT / "docs" / "how-to" / "build-pages.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+)` \| ([0-9.]+)", guide, re.MULTILINE)
    files = [
        json.loads(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "examples").glob("*/package.json"))
    ]
    kinds = ("dependencies", "devDependencies")
    installed = {each for file in files for kind in kinds for each in file.get(kind, {}).items()}
    python = (ROOT / "examples" / "python" / "README.md").read_text(encoding="utf-8")
    installed |= set(re.findall(r"(ariadne-codegen)==([0-9.]+)", python))
    assert len(rows) > 10 and set(rows) <= installed


def test_what_stays_by_hand_has_as_many_lines_as_the_decision_says() -> None:
    """A figure that nobody counts is soon wrong; 20 % leave room for small changes."""
    page = (ROOT / "docs" / "decisions" / "0020-by-hand.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| [^|]+ \| ((?:`[a-z_/.]+`(?:, )?)+) \| ([0-9,]+) \|", page, re.MULTILINE)
    assert len(rows) > 20
    for paths, lines in rows:
        counted = sum(_lines(path) for path in re.findall(r"`([^`]+)`", paths))
        assert 0.8 * counted <= int(lines.replace(",", "")) <= 1.2 * counted, f"{paths}: {counted} lines"


def _lines(path: str) -> int:
    place = ROOT / "src" / "careergraph" / path
    assert place.exists(), f"there is no {path}"
    files = place.rglob("*.py") if place.is_dir() else [place]
    return sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files)


def architecture(section: str) -> str:
    """A section of ARCHITECTURE.md."""
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    return page.partition(f"\n## {section}\n")[2].partition("\n## ")[0]


def test_files_that_documents_name_exist() -> None:
    """A map that names a file of yesterday leads nowhere."""
    places = (ROOT, ROOT / "src" / "careergraph")
    for document in (ROOT / "README.md", ROOT / "ARCHITECTURE.md", *ROOT.glob("docs/**/*.md")):
        paths = re.findall(r"`([a-z_0-9]+/[a-z_0-9/]+\.py)`", document.read_text(encoding="utf-8"))
        for path in paths:
            assert any((place / path).exists() for place in places), f"{document.name} names {path}"


def test_a_page_that_sends_a_token_says_how_to_make_one() -> None:
    """Copied as they are, its lines would send an empty one."""
    pages = [*ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/*/README.md")]
    sent = {page: text for page in pages if "Bearer $TOKEN" in (text := page.read_text(encoding="utf-8"))}
    assert len(sent) > 3
    assert [page.name for page, text in sent.items() if "TOKEN=$(" not in text] == []


def test_the_picture_of_the_rooms_has_every_room() -> None:
    rows = re.findall(r"^([a-z]+)/ +(.+)", block("", architecture("The rooms")), re.MULTILINE)
    assert [layer for layer, _ in rows] == ["engine", "store", "editorial", "api", "web"]
    for layer, row in rows:
        folder = ROOT / "src" / "careergraph" / layer
        rooms = {path.name for path in folder.iterdir() if (path / "__init__.py").exists()}
        assert rooms <= set(row.split()), layer
        assert all((folder / word).is_dir() or (folder / f"{word}.py").is_file() for word in row.split()), layer


def test_a_reader_needs_twelve_terms() -> None:
    assert len(re.findall(r"^\| [A-Z]", architecture("Twelve terms"), re.MULTILINE)) == 12
