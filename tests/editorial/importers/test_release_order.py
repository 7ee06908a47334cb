"""An older edition is not imported over a newer one unawares."""

import shutil
from pathlib import Path

import pytest

from careergraph.editorial.importers.release_order import release_numbers
from careergraph.store.editing.drafts import drafts
from editorial.importers.sampling import SAMPLE, Sample, run
from editorial.verbs.desk import Desk


@pytest.mark.parametrize(("one", "other"), [("29.3", "30.2"), ("29-3", "31.0"), ("1.2.0", "1.10"), ("2024", "2025")])
def test_releases_are_in_the_order_of_their_numbers(one: str, other: str) -> None:
    assert release_numbers(one) < release_numbers(other)
    assert release_numbers("1.2") == release_numbers("1.2.0")
    assert release_numbers("29.3 (May 2025)") == release_numbers("29.3") and release_numbers("May 2025") == (2025,)


def test_an_older_release_is_refused_unless_it_is_asked_for(desk: Desk, tmp_path: Path) -> None:
    newer, older = Sample(tmp_path, "30.2"), Sample(tmp_path, "29.3")
    database = ("--publish", "--database", desk.engine.url)
    assert run("onet", newer.folder, *database).exit_code == 0
    refused = run("onet", older.folder, *database)
    assert refused.exit_code == 1
    last = " ".join(refused.stderr.split())
    assert "onet 29.3 (May 2025) is older than 30.2, which is there already; --older imports it all the same" in last
    assert desk.look(drafts) == ()
    assert run("onet", newer.folder, *database).exit_code == 0
    done = run("onet", older.folder, "--older", *database)
    assert done.exit_code == 0, done.output


def test_older_wages_and_an_older_esco_are_refused(desk: Desk, tmp_path: Path) -> None:
    sample = Sample(tmp_path)
    wages = SAMPLE / "wages_2025" / "national.tsv"
    database = ("--database", desk.engine.url)
    assert run("onet", sample.folder, "--wages", wages, *database).exit_code == 0
    header, *rows = wages.read_text(encoding="utf-8").splitlines(keepends=True)
    older = tmp_path / "national.tsv"  # without the executives, whose pay is above a limit that 2024 has its own of
    older.write_text(header + "".join(row for row in rows if "11-1011" not in row), encoding="utf-8")
    refused = run("onet", sample.folder, "--wages", older, "--wages-year", "2024", *database)
    assert "bls-oews May 2024 is older than May 2025" in refused.stderr
    folder = Path(shutil.copytree(SAMPLE / "esco_1_2_0", tmp_path / "esco_1_2_0"))
    assert run("esco", folder, "--publish", *database).exit_code == 0
    refused = run("esco", folder.rename(tmp_path / "esco_1_1_1"), "--publish", *database)
    assert (refused.exit_code, "esco 1.1.1 is older than 1.2.0" in refused.stderr) == (1, True)
