"""Archives: what is no plain archive of tables is refused before it is unpacked."""

import io
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from careergraph.editorial.importers.jobs import archive
from careergraph.editorial.importers.jobs.archive import BadArchive, inspect, is_archive, require_file_name, unpack

Write = Callable[[zipfile.ZipFile], object]


def zipped(folder: Path, write: Write) -> Path:
    file = folder / "tables.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archived:
        write(archived)
    return file


def linked(archived: zipfile.ZipFile) -> None:
    info = zipfile.ZipInfo("table.txt")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    archived.writestr(info, "/etc/passwd")


def many(archived: zipfile.ZipFile) -> None:
    for number in range(501):
        archived.writestr(f"{number}.txt", "a")


@pytest.mark.parametrize(
    ("write", "message"),
    [
        (lambda it: it.writestr("../table.txt", "a"), "leads out"),
        (lambda it: it.writestr("a/../../table.txt", "a"), "leads out"),
        (lambda it: it.writestr("/etc/table.txt", "a"), "leads out"),
        (lambda it: it.writestr("..\\table.txt", "a"), "leads out"),
        (lambda it: it.writestr("C:\\table.txt", "a"), "leads out"),
        (lambda it: it.writestr("C:table.txt", "a"), "leads out"),
        (lambda it: it.writestr("\\\\host\\share\\table.txt", "a"), "leads out"),
        (linked, "is a link or a device"),
        (many, "holds 501 files; 500 are allowed"),
        (lambda it: it.writestr("table.txt", "a", compress_type=zipfile.ZIP_LZMA), "packed in an unusual way"),
        (lambda it: it.writestr("a" * 201, "a"), "is no name of a file"),
        (lambda it: it.writestr("a\x1b[2J.txt", "a"), "is no name of a file"),
    ],
)
def test_what_is_no_plain_archive_is_refused(tmp_path: Path, write: Write, message: str) -> None:
    file = zipped(tmp_path, write)
    for look in (inspect, lambda it: unpack(it, tmp_path)):
        with pytest.raises(BadArchive, match=message.replace(";", ".")) as bad:
            look(file)
        assert str(bad.value).isprintable()
    assert [it.name for it in tmp_path.iterdir()] == ["tables.zip"]


def test_files_are_unpacked_side_by_side_without_those_of_systems(tmp_path: Path) -> None:
    def write(archived: zipfile.ZipFile) -> None:
        for name in ("db_29_3_text/", "db_29_3_text/a.txt", "db_29_3_text/b/c.txt", "__MACOSX/x.txt", "d/.DS_Store"):
            archived.writestr(name, name)

    (tmp_path / "out").mkdir()
    assert unpack(zipped(tmp_path, write), tmp_path / "out") == len("db_29_3_text/a.txt" + "db_29_3_text/b/c.txt")
    assert sorted(it.name for it in (tmp_path / "out").iterdir()) == ["a.txt", "c.txt"]


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    def write(archived: zipfile.ZipFile) -> None:
        archived.writestr("a/t.txt", "1")
        archived.writestr("b/t.txt", "2")

    (tmp_path / "out").mkdir()
    with pytest.raises(BadArchive, match="two files"):
        unpack(zipped(tmp_path, write), tmp_path / "out")


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_UNPACKED", 1_000_000)

    def write_two(archived: zipfile.ZipFile) -> None:
        for number in range(2):
            archived.writestr(f"{number}.txt", b"\0" * 600_000)

    bomb = zipped(tmp_path, write_two)
    assert bomb.stat().st_size < 3_000
    with pytest.raises(BadArchive, match="more than 1,000,000 bytes"):
        inspect(bomb)
    one = zipped(tmp_path, lambda it: it.writestr("1.txt", b"\0" * 600_000))
    inspect(one)
    (tmp_path / "out").mkdir()
    with pytest.raises(BadArchive, match="unpack to more"):
        unpack(one, tmp_path / "out", 500_000)


def test_an_archive_that_announces_too_little_is_refused(tmp_path: Path) -> None:
    """The directory says 10 bytes; the file holds a million."""
    file = zipped(tmp_path, lambda it: it.writestr("1.txt", b"\0" * 1_000_000))
    file.write_bytes(file.read_bytes().replace(struct.pack("<L", 1_000_000), struct.pack("<L", 10)))
    (tmp_path / "out").mkdir()
    with pytest.raises(BadArchive, match="cannot be read"):
        unpack(file, tmp_path / "out")
    assert sum(it.stat().st_size for it in (tmp_path / "out").iterdir()) <= 10


def test_a_large_directory_is_never_read(tmp_path: Path) -> None:
    """A directory of 100 MB would become millions of objects."""
    file = tmp_path / "tables.zip"
    with file.open("wb") as opened:
        opened.write(b"PK\x03\x04")
        opened.truncate(100_000_000)
        opened.seek(0, io.SEEK_END)
        opened.write(struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 99_000_000, 4, 0))
    with pytest.raises(BadArchive, match="the directory of the archive is larger"):
        inspect(file)


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 17, b"PK\x03\x04" + b"\xff" * 1000])
def test_a_damaged_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "tables.zip"
    file.write_bytes(content)
    assert is_archive(file)
    with pytest.raises(BadArchive, match="cannot be read"):
        inspect(file)


@pytest.mark.parametrize("name", ["", ".", "..", ".hidden", "a/b", "a\\b", "a\0b", "a\nb", "a" * 201])
def test_a_forged_name_is_refused(name: str) -> None:
    with pytest.raises(BadArchive, match="is no name of a file"):
        require_file_name(name)
