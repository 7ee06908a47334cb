"""The command `export --comparisons` in a process of its own, and what it wrote."""

import os
import subprocess
import sys
from pathlib import Path

from waiting import CEILING

SHORT = "query($a: String!, $b: String!) { comparison(a: $a, b: $b) { canonicalSlug catalogVersion } }"
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


def start(folder: str, database: str, document: Path, *more: str, **environment: str) -> subprocess.Popen[str]:
    """Start an export with files of 20 comparisons."""
    document.write_text(SHORT)
    common = ("--comparisons", "--database", database, "--document", str(document), "--per-file", "20")
    command = (sys.executable, "-m", "careergraph", "export", folder, *common, *more)
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env={**ENVIRONMENT, **environment}, stdout=pipe, stderr=pipe, text=True)


def finish(process: subprocess.Popen[str]) -> str:
    """Wait for an export that succeeds, and return what it printed."""
    out, err = outputs(process)
    assert process.returncode == 0, err
    return out


def outputs(process: subprocess.Popen[str]) -> tuple[str, str]:
    """What a process has printed to both streams once it is over; one that never is over is killed."""
    try:
        return process.communicate(timeout=CEILING)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a folder by name."""
    return {it.relative_to(folder).as_posix(): it.read_bytes() for it in folder.rglob("*") if it.is_file()}
