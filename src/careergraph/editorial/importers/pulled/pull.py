"""Pull entries from files and addresses of a CMS into a folder of tables, which an import then reads by a map."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from careergraph.editorial.importers.mapped.files import headers_of
from careergraph.editorial.importers.mapped.table_map import MapFile
from careergraph.editorial.importers.pulled.fetch import MAX_BYTES, Address
from careergraph.editorial.importers.pulled.flatten import Entry, Row, tables_of
from careergraph.editorial.importers.pulled.vendors import Vendor
from careergraph.editorial.importers.source_data import Tell
from careergraph.editorial.importers.tables.table import MAX_COLUMNS, BadTable
from careergraph.editorial.webhooks.settings import Settings

DECODER = msgspec.json.Decoder()
MAX_PAGES = 2000
"""The most pages of an address."""


def pull(  # noqa: PLR0913, PLR0917 - from where, to where, and how
    vendor: Vendor, sources: Sequence[str], folder: Path, mapping: MapFile, settings: Settings, token: str, tell: Tell
) -> list[Path]:
    """Write the tables of all sources into a folder: a file for each, named as the table. Raises BadTable."""
    entries: list[tuple[str, Entry]] = []
    for source in sources:
        if source.startswith(("https://", "http://")):
            sent = f"{vendor.scheme} {token}" if token and " " not in token else token
            entries += _from_address(vendor, Address(source, settings, sent), tell)
        else:
            entries += _from_file(vendor, Path(source))
    if not entries:
        raise BadTable(sources[0].partition("?")[0][:200], "there is no published entry")
    used = headers_of(mapping)
    return [_write(folder, name, rows, used) for name, rows in tables_of(entries).items()]


def _from_address(vendor: Vendor, address: Address, tell: Tell) -> Iterator[tuple[str, Entry]]:
    """Every entry of an address, page by page."""
    name = _name(address.path.rpartition("/")[2])
    query: Mapping[str, str] | None = _first(vendor, address.query)
    for number in range(MAX_PAGES):
        if query is None:
            return
        tell(f"reading page {number + 1} of {name}")
        page = address.page(query)
        entries = _entries(vendor, page)
        if entries is None:
            raise address.bad(f"the answer has no list {vendor.lists[0]}: is it the address of one?")
        yield from ((kind or name, entry) for kind, entry in vendor.read(entries, page))
        query = _following(vendor, page, query, address)
    raise address.bad(f"there are more than {MAX_PAGES:,} pages")


def _first(vendor: Vendor, own: Mapping[str, str]) -> Mapping[str, str]:
    """The parameters of the first page. Who chooses fields, as by `populate[skills]`, chooses all of them."""
    chosen = {name for name in ("populate", "fields") if any(it.startswith(name) for it in own)}
    return {**{name: value for name, value in vendor.query.items() if name not in chosen}, **own}


def _following(vendor: Vendor, page: Any, query: Mapping[str, str], address: Address) -> Mapping[str, str] | None:
    try:
        return vendor.following(page, query)
    except ValueError:
        raise address.bad("the address itself has a page that is no number") from None


def _from_file(vendor: Vendor, path: Path) -> Iterator[tuple[str, Entry]]:
    """Every entry of a file: what an address answers, a list of entries, an export, or one entry a line."""
    name = "".join(char if char.isprintable() else "?" for char in path.name)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise BadTable(name, f"the file is larger than {MAX_BYTES >> 20} MiB")
        content = path.read_bytes()
    except OSError as error:
        raise BadTable(name, f"cannot be read: {(error.strerror or 'no reason given').lower()}") from None
    try:
        page = DECODER.decode_lines(content) if path.suffix == ".jsonl" else DECODER.decode(content)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        raise BadTable(name, "the file is no JSON") from None
    entries = page if isinstance(page, list) else _entries(vendor, page)
    if entries is None:
        raise BadTable(name, f"the file has no list {' or '.join(vendor.lists)} of entries")
    shared = page if isinstance(page, dict) else {}
    yield from ((kind or _name(path.stem), entry) for kind, entry in vendor.read(entries, shared))


def _entries(vendor: Vendor, page: Any) -> list[Any] | None:
    if isinstance(page, dict):
        for name in vendor.lists:
            if isinstance(page.get(name), list):
                entries: list[Any] = page[name]
                return entries
    return None


def _name(text: str) -> str:
    """The name of a table, which is that of a file: nothing that leads out of its folder."""
    return "".join(char if char.isalnum() or char in "_-" else "-" for char in text)[:80] or "entries"


def _write(folder: Path, name: str, rows: Sequence[Row], used: frozenset[str]) -> Path:
    """Write a table. Every column is named, so that an error in a map is told well; those of the map are filled."""
    path = folder / ".".join(map(_name, name.split(".")))[:200]
    folded: dict[str, str] = {}
    for row in rows:
        for column in row:
            folded.setdefault(column.casefold(), column)
    columns = sorted(filter(None, folded.values()), key=lambda column: (column not in used, column))[:MAX_COLUMNS]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(columns)
        writer.writerows([row.get(column, "") if column in used else "" for column in columns] for row in rows)
    return path
