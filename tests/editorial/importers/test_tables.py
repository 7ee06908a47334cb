"""Tables: known by their columns, read within bounds, and refused in words that say where."""

import gzip
from pathlib import Path

import pytest

from careergraph.editorial.importers.onet import tables
from careergraph.editorial.importers.onet.tables import OCCUPATIONS, RELATED, TASK_ACTIVITIES, TASKS, TECHNOLOGIES
from careergraph.editorial.importers.tables import table
from careergraph.editorial.importers.tables.shape import Shape, Shaped, tables_in, tables_of, ungrouped
from careergraph.editorial.importers.tables.table import BadTable, open_table

DATA = Path(__file__).parents[3].parent / "shared" / "data"
SHAPES = [it for it in vars(tables).values() if isinstance(it, Shape)]
HEAD = "O*NET-SOC Code\tTitle\tDescription\n"
ROW = '11-1011.00\tChief Executives\tPlan "all" of it.\n'

needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the open career data is not beside the repository")


def write_table(folder: Path, content: str | bytes, name: str = "table.txt") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(path: Path) -> list[tuple[int, tuple[str, ...]]]:
    (shaped,) = tables_of([path], SHAPES).used
    return list(shaped.rows("code", "title", "summary"))


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzipped"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["bare", "marked"])
def test_tabs_and_commas_read_the_same(tmp_path: Path, mark: str, end: str, packed: bool) -> None:
    """A quotation mark in a table of tabs is one; in a table of commas it stands around a cell, of many lines maybe."""
    commas = 'O*NET-SOC Code,Title,Description\n11-1011.00,Chief Executives,"Plan ""all"" of it."\n'
    for name, text in (("tabs", HEAD + ROW), ("commas", commas)):
        body = (mark + text).replace("\n", end).encode()
        path = write_table(tmp_path, gzip.compress(body) if packed else body, name)
        assert read(path) == [(2, ("11-1011.00", "Chief Executives", 'Plan "all" of it.'))]


def test_tables_that_a_spreadsheet_saved_read_the_same(tmp_path: Path) -> None:
    """Semicolons; and tabs with quotation marks around cells that hold marks, commas, tabs or lines."""
    semicolons = 'O*NET-SOC Code;Title;Description\n11-1011.00;Chief Executives;"Plan ""all"" of it."\n'
    assert read(write_table(tmp_path, semicolons, "semicolons")) == [
        (2, ("11-1011.00", "Chief Executives", 'Plan "all" of it.'))
    ]
    quoted = HEAD + '11-1011.00\t"Chiefs, all"\t"Plan ""all"" of it."\r\n11-1012.00\t"a\tb"\t"one\ntwo"\r\n'
    assert read(write_table(tmp_path, quoted + '11-1013.00\t"Chief" of all\tThe "end"\n', "tabs")) == [
        (2, ("11-1011.00", "Chiefs, all", 'Plan "all" of it.')),
        (3, ("11-1012.00", "a\tb", "one\ntwo")),
        (5, ("11-1013.00", '"Chief" of all', 'The "end"')),
    ]


@pytest.mark.parametrize(
    ("broken", "right"),
    [
        ("the worker\x80\x99s", "the worker’s"),
        ("the worker\xe2\x80\x99s caf\xc3\x89", "the worker’s cafÉ"),
        ("the worker\x92s \x93end\x94", "the worker’s “end”"),
        ("a\x00b\x81c\x7f", "abc"),
    ],
)
def test_broken_characters_are_repaired_where_they_can_be_told(tmp_path: Path, broken: str, right: str) -> None:
    """As published: bytes of UTF-8 that became characters of their own, one of them lost; and the lines are listed."""
    path = write_table(tmp_path, HEAD + ROW + f"11-1012.00\tMayors\t{broken}\n")
    (shaped,) = tables_of([path], SHAPES).used
    assert list(shaped.rows("summary"))[1:] == [(3, (right,))]
    assert list(shaped.table.repaired) == [3]


def test_a_quoted_cell_may_hold_lines(tmp_path: Path) -> None:
    path = write_table(tmp_path, 'Title,O*NET-SOC Code,Description\n"a,b",11-1011.00,"one\ntwo"\nc,11-1012.00,three\n')
    assert read(path) == [(2, ("11-1011.00", "a,b", "one\ntwo")), (4, ("11-1012.00", "c", "three"))]


def test_tables_are_known_by_their_columns(tmp_path: Path) -> None:
    """Neither the name of a file nor the order and case of its columns matters, nor a column more."""
    write_table(tmp_path, "DESCRIPTION\textra\ttitle\to*net-soc code\na\tb\tc\t11-1011.00\n", "anything")
    tables = tables_in(tmp_path, SHAPES)
    assert [it.shape for it in tables.used] == [OCCUPATIONS]
    assert list(tables.used[0].rows("title", "code")) == [(2, ("c", "11-1011.00"))]
    assert not tables.used[0].table.name.endswith(".txt")
    assert OCCUPATIONS not in tables.missed
    assert all(it.cost for it in tables.missed)


def test_a_column_that_may_be_missing_reads_as_empty(tmp_path: Path) -> None:
    (shaped,) = tables_of([write_table(tmp_path, "O*NET-SOC Code\tJob Zone\n11-1011.00\t5\n")], SHAPES).used
    assert (shaped.has("zone"), shaped.has("date")) == (True, False)
    assert list(shaped.rows("date", "zone")) == [(2, ("", "5"))]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (HEAD.encode() + b"11-1011.00\tOne\n", ":2: the row has 2 cells, not 3"),
        (HEAD.encode() + b"11-1011.00\tCaf\xe9\tx\n", ":2: the line is not UTF-8"),
        (HEAD.encode("utf-16"), "text in UTF-16: save it in UTF-8"),
        (HEAD.encode() + b"a\tb\t" + b"x" * 1_000_000 + b"\n", ":2: the line is longer than 100,000 bytes"),
        (b"a,b\n1,\"" + b"never closed\n" * 20_000, "is a quotation mark never closed?"),
        (b'a,b\n1,"2"3\n', ":2: the row cannot be read"),
        (HEAD.encode() + ROW.encode() + b'11-1012.00\tMayors\t"Plan\n', ":3: the row cannot be read: a quotation mark"),
        (HEAD.encode() + b'11-1012.00\t"Mayors\n' + ROW.encode(), ":2: the row cannot be read: a quotation mark"),
        (b"a\tb\tA\n", ":1: there are two columns 'a'"),
        (b"\t".join(b"c%d" % n for n in range(201)) + b"\n", ":1: there are 201 columns; 200 are allowed"),
        (gzip.compress(HEAD.encode() * 1000)[:-20], "the file is damaged"),
        (b"\x1f\x8bnot gzip at all", "the file is damaged"),
    ],
)  # fmt: skip
def test_hostile_tables_are_refused_with_their_line(tmp_path: Path, content: bytes, message: str) -> None:
    path = write_table(tmp_path, content)
    with pytest.raises(BadTable, match="table") as refused:
        list(open_table(path).rows((0,)))
    assert message in str(refused.value)
    assert str(refused.value).startswith("table.txt")


def test_a_bomb_is_refused_once_its_bound_is_reached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MAX_BYTES", 1024 * 1024)
    path = write_table(tmp_path, gzip.compress((HEAD + ROW * 100_000).encode()))
    with pytest.raises(BadTable, match="larger than 1 MiB, unpacked"):
        list(open_table(path).rows((0,)))


def test_what_is_no_file_is_never_opened(tmp_path: Path) -> None:
    with pytest.raises(BadTable, match="not a regular file"):
        open_table(Path("/dev/zero"))
    with pytest.raises(BadTable, match="cannot be read: no such file"):
        open_table(tmp_path / "nothing")
    with pytest.raises(BadTable, match="cannot be read: no such file"):
        tables_in(tmp_path / "nothing", SHAPES)


def test_a_header_only_counts_as_missing(tmp_path: Path) -> None:
    path = write_table(tmp_path, HEAD)
    tables = tables_of([path], SHAPES)
    assert (tables.used, tables.skipped[0].why) == ((), "occupations, but without a row")
    with pytest.raises(BadTable, match=r"holds no table of occupations .* without a row"):
        tables_in(tmp_path, SHAPES)


@needs_data
def test_the_tables_of_both_releases_are_known() -> None:
    """The later release has other columns, and fewer tables."""
    shapes = {it.name: it.shape for it in tables_in(DATA / "onet_29_3", SHAPES).used}
    assert shapes["Tasks to DWAs.txt.gz"] is TASK_ACTIVITIES
    assert shapes["Related Occupations.txt.gz"] is RELATED
    assert "Tools Used.txt.gz" not in shapes
    later = tables_in(DATA / "onet_30_2_partial", SHAPES)
    assert {it.shape.name for it in later.used} == {OCCUPATIONS.name, TASKS.name, TECHNOLOGIES.name}


def test_shaped_says_where(tmp_path: Path) -> None:
    (shaped,) = tables_of([write_table(tmp_path, HEAD + ROW)], SHAPES).used
    assert isinstance(shaped, Shaped)
    assert str(shaped.bad(7, "no")) == "table.txt:7: no"


@pytest.mark.parametrize(
    ("cell", "decimal", "number"),
    [
        ("44,150", ".", "44150"),
        ("1,250,000.5", ".", "1250000.5"),
        ("9.75", ".", "9.75"),
        ("9,7", ".", None),
        ("1,25", ".", None),
        ("1250,000", ".", None),
        ("1,2500", ".", None),
        ("37.900", ",", "37900"),
        ("69 200,50", ",", "69200.50"),
        ("9,7", ",", "9.7"),
        ("61.5", ",", None),
        ("61,500,000", ",", None),
    ],
)
def test_thousands_are_separated_in_threes(cell: str, decimal: str, number: str | None) -> None:
    """A decimal comma where points are expected, and the reverse, would be another figure."""
    assert ungrouped(cell, decimal) == number
