"""The seed keeps the rules that everybody else's content must keep."""

from pathlib import Path

from careergraph.editorial.check import check_folders

SEED = Path(__file__).parents[2] / "seed"


def test_nothing_is_wrong_with_the_seed() -> None:
    folders = sorted(path for path in SEED.iterdir() if path.is_dir())
    reading, problems = check_folders(folders)
    assert [str(problem) for problem in problems] == []
    assert len(reading.entries) > 150
