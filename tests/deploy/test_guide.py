"""The guide to deployment, as far as a machine without systemd and PostgreSQL goes: what it writes and what it runs."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "how-to" / "deploy.md").read_text(encoding="utf-8")


def test_the_files_of_the_unit_are_put_where_there_is_nothing_yet(tmp_path: Path, seeded_file: Path) -> None:
    """The lines between the installation and systemd: the settings in a folder that is not there, then the upgrade."""
    section = GUIDE.partition("\n## systemd\n")[2]
    [block] = re.findall(r"```sh\n(.*?)```", section.partition("\n## ")[0], re.DOTALL)
    install, upgrade = block.splitlines()[1:3]
    program = tmp_path / "opt/careergraph/bin/careergraph"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m careergraph "$@"\n')
    program.chmod(0o755)
    database = shutil.copyfile(seeded_file, tmp_path / "production.db")
    (tmp_path / "environment").write_text(f"CAREERGRAPH_DATABASE_URL=sqlite:///{database}\nCAREERGRAPH_LOG_JSON=on\n")
    script = "\n".join(re.sub(r" /(etc|opt)/", rf" {tmp_path}/\1/", line) for line in (install, upgrade))
    environment = {name: text for name, text in os.environ.items() if not name.startswith("CAREERGRAPH_")}
    environment["PYTHONPATH"] = str(ROOT / "src")
    command = ["sh", "-e", "-c", script]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.stdout == f"nothing to do: {database} is of this version\n", done.stderr
    assert (tmp_path / "etc/careergraph/environment").stat().st_mode & 0o777 == 0o600
    assert not (tmp_path / "var").exists()


def test_an_application_upgrades_its_database_from_python(tmp_path: Path) -> None:
    """Both ways that are shown, one after the other on a new database; the second finds nothing left to do."""
    first, second = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "DATABASE_URL": f"sqlite:///{tmp_path / 'host.db'}"}
    command = [sys.executable, "-c", first + second]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    message = "careergraph's tables are of this version now"
    assert re.fullmatch(rf"{message}\n\d{{4}} \(head\)\n", done.stdout), (done.stdout, done.stderr)
