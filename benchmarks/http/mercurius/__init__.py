"""Mercurius, the fastest GraphQL server of Node, with graphql-jit, over the careers of a catalog in memory.

npm installs the versions of `package.json` into a temporary folder.
"""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
_SIGNS = {"HIGHER": 1, "LOWER": -1}

PATIENCE = 180
"""How long npm may take, in seconds."""


def install(folder: Path) -> str:
    """Install the server into a folder. Return the reason where that fails, else an empty text."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        return "npm is not installed"
    for name in ("package.json", "server.mjs"):
        shutil.copy(HERE / name, folder / name)
    command = [npm, "install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", "--silent"]
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=PATIENCE)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return "npm could not install it"
    return ""


def write_careers(file: Path, attributes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> None:
    """Write careers, by the edges of their list, and the attributes of their values."""
    content = {
        "attributes": [{**it, "sign": _SIGNS.get(it["better"], 0)} for it in attributes],
        "careers": [_career(it["node"]) for it in edges],
        "cursors": [it["cursor"] for it in edges],
    }
    file.write_text(json.dumps(content), encoding="utf-8")


def _career(node: dict[str, Any]) -> dict[str, Any]:
    return {**node, "skills": list(map(_skill, node["skills"])), "values": list(map(_value, node["values"]))}


def _skill(skill: dict[str, Any]) -> dict[str, Any]:
    return {"text": skill["text"], "slug": skill["concepts"][0]["slug"] if skill["concepts"] else skill["text"]}


def _value(value: dict[str, Any]) -> dict[str, Any]:
    number = next((value[name] for name in ("value", "low", "rank") if value.get(name) is not None), 0)
    return {"attribute": value["attribute"]["key"], "display": value["display"], "number": number}
