"""Where files are kept: a folder, or an address of fsspec such as `s3://bucket/prefix`.

A file appears under its name once it is complete: it is written under a name of its own and renamed, or sent to an
object store in one request. So two writers of one file do no harm.
"""

import os
from collections.abc import Collection, Iterable
from importlib import import_module
from pathlib import Path
from secrets import token_hex
from types import ModuleType
from typing import Any, Protocol

UNFINISHED = ".unfinished"
"""The suffix of files that are being written, or were at a crash."""

AT_ONCE = 1024 * 1024
"""Bytes that are written at once: the system takes a third less time for them than for 77 kB and a line break."""

ONE_REQUEST = frozenset({"s3", "s3a"})
"""The protocols of fsspec whose objects appear when their request is complete."""


class Destination(Protocol):
    """Files by their name, such as `en/000000.jsonl`. All methods raise OSError."""

    def read(self, name: str) -> bytes | None:
        """Return the content of a file; None if there is none."""

    def names(self, folder: str) -> frozenset[str]:
        """Return the names of all files directly in a folder, with the folder; also those of other processes."""

    def write(self, name: str, chunks: Iterable[bytes], media_type: str) -> None:
        """Write a file whole, in the place of an earlier one."""

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""


def destination(address: str) -> Destination:
    """Return the destination of a path or an address. Raises OSError where fsspec cannot open it."""
    return FsspecFolder(address) if "://" in address else Folder(Path(address))


def sweep(place: Destination, names: Collection[str]) -> None:
    """Remove the unfinished files of these names. Raises OSError."""
    for folder in sorted({name.rpartition("/")[0] for name in names}):
        for name in place.names(folder):
            if name.endswith(UNFINISHED) and name.removesuffix(UNFINISHED).rpartition(".")[0] in names:
                place.remove(name)


class Folder:
    """A folder of this machine."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, name: str) -> bytes | None:
        try:
            return (self._path / name).read_bytes()
        except FileNotFoundError:
            return None

    def names(self, folder: str) -> frozenset[str]:
        return frozenset([path.relative_to(self._path).as_posix() for path in (self._path / folder).glob("*")])

    def write(self, name: str, chunks: Iterable[bytes], media_type: str) -> None:
        path = self._path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(_fresh(path.name))
        try:
            with fresh.open("wb", AT_ONCE) as file:
                file.writelines(chunks)
                file.flush()
                os.fsync(file.fileno())  # a finished file must survive a power cut
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)

    def remove(self, name: str) -> None:
        (self._path / name).unlink(missing_ok=True)


class FsspecFolder:
    """A folder of any file system that fsspec knows."""

    def __init__(self, address: str) -> None:
        try:
            self._files, self._root = _fsspec().core.url_to_fs(address)
        except (ImportError, ValueError) as error:
            raise OSError(None, f"cannot be opened: {error}", address) from None
        protocols = self._files.protocol
        self._protocols = frozenset([protocols] if isinstance(protocols, str) else protocols)

    def read(self, name: str) -> bytes | None:
        try:
            content: bytes = self._call("cat_file", name)
        except FileNotFoundError:
            return None
        return content

    def names(self, folder: str) -> frozenset[str]:
        self._files.invalidate_cache()  # listings are kept, and lack what other processes write
        try:
            listing = self._call("ls", folder, detail=False)
        except FileNotFoundError:
            return frozenset()
        return frozenset([f"{folder}/{path.rstrip('/').rpartition('/')[2]}" for path in listing])

    def write(self, name: str, chunks: Iterable[bytes], media_type: str) -> None:
        content = b"".join(chunks)  # an open file of fsspec is published as far as it is, where writing it fails
        if self._protocols & ONE_REQUEST:
            self._call("pipe_file", name, content, ContentType=media_type)
            return
        self._call("makedirs", name.rpartition("/")[0], exist_ok=True)
        fresh = _fresh(name)
        self._call("pipe_file", fresh, content)
        self._call("mv", fresh, self._at(name))

    def remove(self, name: str) -> None:
        try:
            self._call("rm_file", name)
        except FileNotFoundError:
            return

    def _at(self, name: str) -> str:
        return f"{self._root.rstrip('/')}/{name}".rstrip("/")

    def _call(self, method: str, name: str, *arguments: Any, **options: Any) -> Any:
        """Call a method of the file system. Raises OSError, whatever the client of a store raises."""
        path = self._at(name)
        try:
            return getattr(self._files, method)(path, *arguments, **options)
        except FileNotFoundError:
            raise
        except Exception as error:
            raise OSError(None, " ".join(str(error).split())[:200] or type(error).__name__, path) from error


def _fresh(name: str) -> str:
    return f"{name}.{token_hex(8)}{UNFINISHED}"


def _fsspec() -> ModuleType:
    try:
        return import_module("fsspec")
    except ModuleNotFoundError:
        raise ImportError("install careergraph[fsspec], and the package of the file system, such as s3fs") from None
