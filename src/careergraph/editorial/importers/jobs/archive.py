"""Archives: look through an uploaded zip, and unpack it, within limits of size and number. Nothing that its directory
says is trusted: files are written under their own names alone, and no more bytes than it announced."""

import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedIOBase
from pathlib import Path, PurePosixPath, PureWindowsPath

from careergraph.editorial.content.document_index import quoted
from careergraph.editorial.importers.tables.shape import MAX_FILES

MAX_UNPACKED = 1024 * 1024 * 1024
"""The most bytes that an archive unpacks to."""
MAX_DIRECTORY = 1024 * 1024
"""The largest directory of an archive, in bytes: it is read into memory as a whole."""
MAX_NAME = 200
"""The longest name of a file, in characters."""
_CHUNK = 256 * 1024
_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1


class BadArchive(Exception):
    """An uploaded file has a bad name, or is an archive that is not unpacked. The message is one line."""


class _Bounded(BufferedIOBase):
    """A file of which no read is larger than a directory may be."""

    def __init__(self, file: BufferedIOBase) -> None:
        self._file = file

    def read(self, size: int | None = -1, /) -> bytes:
        least = MAX_DIRECTORY + 1 if size is None or size < 0 else min(size, MAX_DIRECTORY + 1)
        data = self._file.read(least)
        if len(data) > MAX_DIRECTORY:
            raise BadArchive(f"the directory of the archive is larger than {MAX_DIRECTORY:,} bytes")
        return data

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()


def require_file_name(name: str) -> None:
    """Require a name of a file without a path. Raises BadArchive."""
    if not name or len(name) > MAX_NAME or name.startswith(".") or not name.isprintable() or {"/", "\\"} & set(name):
        raise BadArchive(
            f"{quoted(name[:MAX_NAME])} is no name of a file: it needs letters, no path and no leading dot"
        )


def is_archive(file: Path) -> bool:
    """Return whether a file begins as a zip does."""
    with file.open("rb") as opened:
        return opened.read(4) in _MAGIC


def inspect(file: Path) -> None:
    """Look through the directory of an archive; unpack nothing. Raises BadArchive."""
    with _open(file):
        pass


def unpack(file: Path, folder: Path, remaining: int = MAX_UNPACKED) -> int:
    """Unpack the files of an archive into one folder, whatever folders they are in. Return the number of bytes. Raises
    BadArchive, also for more bytes than `remaining`."""
    size = 0
    with _open(file) as (archive, members):
        for name, member in members:
            target = folder / name
            if target.exists():
                raise BadArchive(f"there are two files {quoted(name)}")
            with archive.open(member) as packed, target.open("xb") as unpacked:
                while chunk := packed.read(_CHUNK):
                    size += len(chunk)
                    if size > remaining:
                        raise BadArchive(f"the archives unpack to more than {MAX_UNPACKED:,} bytes")
                    unpacked.write(chunk)
    return size


def top_folder(file: Path) -> str:
    """Return the name of the one folder that all files of an archive are in; empty without one. Raises BadArchive."""
    with _open(file) as (archive, _):
        tops = {PurePosixPath(it.filename).parts[0] for it in archive.infolist() if "/" in it.filename}
    return tops.pop() if len(tops) == 1 else ""


Members = list[tuple[str, zipfile.ZipInfo]]


@contextmanager
def _open(file: Path) -> Iterator[tuple[zipfile.ZipFile, Members]]:
    try:
        with file.open("rb") as opened, zipfile.ZipFile(_Bounded(opened)) as archive:
            yield archive, list(_members(archive))
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError, NotImplementedError) as problem:
        raise BadArchive(f"the archive cannot be read: {problem}") from None


def _members(archive: zipfile.ZipFile) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    infos = archive.infolist()
    files = [it for it in infos if not it.is_dir() and not _is_hidden(it.filename)]
    for info in infos:
        _require_safe(info)
    if len(infos) > MAX_FILES:
        raise BadArchive(f"the archive holds {len(infos):,} files; {MAX_FILES} are allowed")
    if sum(it.file_size for it in infos) > MAX_UNPACKED:
        raise BadArchive(f"the archive unpacks to more than {MAX_UNPACKED:,} bytes")
    for info in files:
        name = PurePosixPath(info.filename).name
        require_file_name(name)
        yield name, info


def _is_hidden(name: str) -> bool:
    """Return whether a file is one that systems add, such as those of macOS."""
    parts = PurePosixPath(name).parts
    return not parts or parts[0] == "__MACOSX" or parts[-1].startswith(".")


def _require_safe(info: zipfile.ZipInfo) -> None:
    for name in (info.filename, info.orig_filename):
        paths = PurePosixPath(name), PureWindowsPath(name)
        if any(it.is_absolute() or it.drive or it.root or ".." in it.parts for it in paths):
            raise BadArchive(f"{quoted(name[:MAX_NAME])} in the archive leads out of it")
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise BadArchive(f"{quoted(info.filename[:MAX_NAME])} in the archive is a link or a device")
    if info.flag_bits & _ENCRYPTED or info.compress_type not in _METHODS:
        raise BadArchive(f"{quoted(info.filename[:MAX_NAME])} in the archive is encrypted, or packed in an unusual way")
