"""Manifest: what a folder of comparisons holds, so that whoever goes on with it writes the same."""

import os
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from careergraph.cli.bulk.job import Job
from careergraph.engine.version import ENGINE

NAME = "manifest.json"


class Different(Exception):
    """The folder holds something else. The message is one line."""


class Manifest(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """The settings that all files in a folder follow from. `document` is the SHA-256 of the document."""

    version: int
    engine: str
    document: str
    locales: tuple[str, ...]
    filter: dict[str, Any]
    comparisons: int
    per_file: int


def read(folder: Path) -> Manifest | None:
    """The manifest of a folder; None where there is none yet. Raises OSError and Different."""
    try:
        return msgspec.json.decode((folder / NAME).read_bytes(), type=Manifest)
    except FileNotFoundError:
        return None
    except msgspec.MsgspecError:
        raise Different(f"{folder / NAME} is not one of ours") from None


def manifest_of(job: Job, comparisons: int) -> Manifest:
    """The manifest of a job."""
    return Manifest(
        version=job.version,
        engine=ENGINE,
        document=sha256(job.text.encode()).hexdigest(),
        locales=job.locales,
        filter={name: value for name, value in job.pair_filter._asdict().items() if value is not None},
        comparisons=comparisons,
        per_file=job.per_file,
    )


def claim(folder: Path, mine: Manifest) -> None:
    """Makes a folder hold what a manifest says, or finds that it does. Raises OSError, and Different where it holds
    something else."""
    folder.mkdir(parents=True, exist_ok=True)
    existing = read(folder)
    if existing is None:
        fresh = folder / f"{NAME}.{os.getpid()}"
        fresh.write_bytes(msgspec.json.format(msgspec.json.encode(mine), indent=2) + b"\n")
        fresh.replace(folder / NAME)
    elif existing != mine:
        names = [name for name in mine.__struct_fields__ if getattr(existing, name) != getattr(mine, name)]
        raise Different(f"{folder} holds an export that differs in {', '.join(names)}; give another folder")
