"""A content folder for tests: the examples of docs/content-format.md, with what a test changes laid over them."""

import json
import re
from pathlib import Path
from typing import Any

from careergraph.editorial.checks.check import check_folders
from careergraph.editorial.content.problem import Problem

FORMAT = Path(__file__).parents[2] / "docs" / "content-format.md"

Fields = dict[str, Any]


def examples() -> dict[str, list[Fields]]:
    """The documents of the page's examples, by folder."""
    by_folder: dict[str, list[Fields]] = {}
    for folder, text in re.findall(r"^```json (\w+)\n(.*?)^```$", FORMAT.read_text(), re.DOTALL | re.MULTILINE):
        content = json.loads(text)
        by_folder[folder] = content if isinstance(content, list) else [content]
    return by_folder


def write_folder(top: Path, content: dict[str, list[Fields]]) -> Path:
    """Each document in a file of its own, as an export would do it."""
    for folder, documents in content.items():
        (top / folder).mkdir(parents=True, exist_ok=True)
        for fields in documents:
            name = "-vs-".join(fields[name] for name in ("slug", "key", "code", "a", "b") if name in fields)
            (top / folder / f"{name}.json").write_text(json.dumps(fields, indent=2))
    return top


def problems(top: Path) -> list[Problem]:
    """The problems of a content folder on its own."""
    return list(check_folders([top])[1])


def codes(problem_list: list[Problem]) -> list[tuple[str, str]]:
    """Code and path of each problem."""
    return [(problem.code.value, problem.path) for problem in problem_list]
