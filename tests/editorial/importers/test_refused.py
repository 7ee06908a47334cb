"""Bad tables are refused with one line that says where, and nothing of them is kept."""

import gzip
import tracemalloc
from pathlib import Path

import pytest

from careergraph.editorial.importers.onet.tables import ALTERNATE_TITLES
from careergraph.editorial.importers.profile import PROFILES
from careergraph.editorial.importers.tables import table
from careergraph.editorial.importers.tables.shape import tables_of
from careergraph.editorial.importers.tables.table import BadTable
from careergraph.store.catalogs.past import newest
from careergraph.store.editing.drafts import drafts
from editorial.importers.sampling import SAMPLE, Sample, run
from editorial.verbs.desk import Desk
from listed import releases

WAGES = SAMPLE / "wages_2025" / "national.tsv"


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    return Sample(tmp_path)


def refused(desk: Desk, *arguments: object) -> str:
    """The last line of a refusal, after which nothing is there that was not there before."""
    before = desk.look(newest)
    result = run("onet", *arguments, "--publish", "--database", str(desk.engine.url))
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit)
    assert (desk.look(newest), desk.look(drafts), desk.look(releases)) == (before, (), ())
    return result.stderr.splitlines()[-1]


def test_columns_that_are_swapped(desk: Desk, sample: Sample) -> None:
    sample.change("Occupation Data", "O*NET-SOC Code\tTitle", "Title\tO*NET-SOC Code")
    assert "Occupation Data.txt:2: 'Chief Executives' is not an O*NET-SOC code" in refused(desk, sample.folder)


@pytest.mark.parametrize(
    ("place", "old", "new", "message"),
    [
        ("Job Zones", "\t5\t08/2023", "\t08/2023\t5", "Job Zones.txt:2: '08/2023' is not a job zone"),
        ("Job Zones", "\t08/2023", "\t2023-08", "Job Zones.txt:2: '2023-08' is not a month"),
        ("Skills", "\t4.12\t", "\tfour\t", "Skills.txt:2: 'four' is not a number"),
        ("Skills", "\t4.12\t", "\tNaN\t", "Skills.txt:2: 'NaN' is not a number"),
        ("Technology Skills", "\tY\tY\n", "\tY\tperhaps\n", "Technology Skills.txt:2: 'perhaps' is neither Y nor N"),
        (
            "Education, Training, and Experience",
            "\t6\t32.29",
            "\t13\t32.29",
            "'13' with '32.29' % is not an answer",
        ),
        ("Occupation Data", "15-1252.00\tSoft", "11-1011.00\tSoft", "Occupation Data.txt:3: the code 11-1011.00 comes"),
        ("Occupation Data", "Actors\tPlay parts", "\tPlay parts", "an occupation needs a title and a description"),
        ("Job Zones", ".00\t", ".99\t", "Job Zones.txt: none of its 4 rows is of an occupation"),
    ],
)
def test_cells_that_are_not_what_they_must_be(  # noqa: PLR0917 - where, what, and what is said of it
    desk: Desk, sample: Sample, place: str, old: str, new: str, message: str
) -> None:
    sample.change(place, old, new)
    result = refused(desk, sample.folder)
    assert message in result or (message.startswith("the character") and result == "1 problem")


def test_tables_that_are_not_text(desk: Desk, sample: Sample) -> None:
    file = sample.folder / "Skills.txt"
    file.write_bytes(file.read_bytes().replace(b"Reading", b"Caf\xe9"))
    assert "Skills.txt:2: the line is not UTF-8 text" in refused(desk, sample.folder)
    file.write_bytes(gzip.compress(file.read_bytes().replace(b"Caf\xe9", b"Reading") + b"x" * 2_000_000))
    assert "the line is longer than 100,000 bytes" in refused(desk, sample.folder)


def test_a_header_only(desk: Desk, sample: Sample) -> None:
    file = sample.folder / "Occupation Data.txt"
    file.write_text(file.read_text().splitlines()[0] + "\n")
    assert "holds no table of occupations" in refused(desk, sample.folder)
    assert "occupations, but without a row" in refused(desk, sample.folder)


def test_wages_that_are_none(desk: Desk, sample: Sample, tmp_path: Path) -> None:
    other = tmp_path / "wages_2025.tsv"
    other.write_text(
        WAGES.read_text().replace("11-", "91-").replace("15-", "95-").replace("27-", "97-").replace("29-", "99-")
    )
    assert "none of its 5 rows is of an occupation" in refused(desk, sample.folder, "--wages", other)
    other.write_text("a\tb\n1\t2\n")
    assert "a table of wages has the columns soc_code or OCC_CODE, annual_p10 or A_PCT10, annual_p90 or A_PCT90" in (
        refused(desk, sample.folder, "--wages", other)
    )
    other.write_text(WAGES.read_text() + WAGES.read_text().splitlines()[-1] + "\n")
    assert "the code 29-1141 comes twice" in refused(desk, sample.folder, "--wages", other)
    shares = tmp_path / "shares.csv"
    shares.write_text((SAMPLE / "exposure.csv").read_text().replace("0.345", "34.5"))
    assert "'34.5' is not a share from 0 to 1" in refused(desk, sample.folder, "--exposure", shares)


def test_editions_that_nothing_says(desk: Desk, sample: Sample, tmp_path: Path) -> None:
    unnamed = sample.folder.rename(tmp_path / "tables")
    assert "give it as --release, such as 29.3" in refused(desk, unnamed)
    wages = tmp_path / "wages.tsv"
    wages.write_text(WAGES.read_text())
    assert "--wages-year, such as 2025" in refused(desk, unnamed, "--release", "29.3", "--wages", wages)


def test_a_profile_that_is_none(desk: Desk, sample: Sample, tmp_path: Path) -> None:
    profile = tmp_path / "profile.json"
    profile.write_text('{"importer": 1}')
    assert "profile.json: Expected `str`, got `int`" in refused(desk, sample.folder, "--profile", profile)
    shipped = (PROFILES / "onet.json").read_text()
    profile.write_text(shipped.replace("O*NET job zone of {code}", "O*NET job zone of {nothing}"))
    assert "of which the slots are {code}" in refused(desk, sample.folder, "--profile", profile)
    profile.write_text(shipped.replace('"source": "derived"', '"source": "thin air"'))
    assert "the profile has no source 'thin air'" in refused(desk, sample.folder, "--profile", profile)
    assert "nothing.json: cannot be read" in refused(desk, sample.folder, "--profile", tmp_path / "nothing.json")


def test_memory_stays_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bomb of rows is given up at its bound, and a row at a time is all that is held until then."""
    monkeypatch.setattr(table, "MAX_BYTES", 16 * 1024 * 1024)
    line = b"15-1252.00\t" + b"x" * 900 + b"\n"
    with gzip.open(tmp_path / "bomb", "wb", compresslevel=1) as file:
        file.write(b"O*NET-SOC Code\tAlternate Title\n")
        for _ in range(40):
            file.write(line * 1000)
    (bomb,) = tables_of([tmp_path / "bomb"], [ALTERNATE_TITLES]).used
    reading = tracemalloc.Filter(True, table.__file__, all_frames=True)  # not what other threads of the process take
    tracemalloc.start(10)
    try:
        with pytest.raises(BadTable, match="larger than 16 MiB"):
            for number, _ in enumerate(bomb.rows("code", "title")):
                if number == 15_000:
                    snapshot = tracemalloc.take_snapshot().filter_traces([reading])
    finally:
        tracemalloc.stop()
    assert 0 < sum(trace.size for trace in snapshot.traces) < 200_000


def test_a_file_that_is_no_text_is_told_by_what_it_is(desk: Desk, sample: Sample, tmp_path: Path) -> None:
    """The survey of wages comes as a workbook: nobody is to be asked for a year, or for UTF-8 lines, before."""
    wages = tmp_path / "state.xlsx"
    assert "no such file" in refused(desk, sample.folder, "--wages", wages)
    for opening, what in (
        (b"PK\x03\x04", "a workbook (.xlsx)"),
        (b"\xd0\xcf\x11\xe0", "(.xls)"),
        (b"\xff\xfe", "UTF-16"),
    ):
        wages.write_bytes(opening + b"\x00 soc_code\n")
        assert what in refused(desk, sample.folder, "--wages", wages)
