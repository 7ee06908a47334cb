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
    example = (ROOT / "examples" / "starlette_host.py").read_text(encoding="utf-8")
    snippet = [line for line in block("python", readme()).splitlines() if line.strip()]
    assert all(line in example.splitlines() for line in snippet)


def test_links_lead_somewhere() -> None:
    for document in (ROOT / "README.md", ROOT / "ARCHITECTURE.md", *ROOT.glob("docs/**/*.md")):
        for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name} links to {target}"
