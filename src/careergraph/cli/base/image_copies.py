"""The files of images that go with a backup: copied beside it, and back into the store."""

from pathlib import Path

import click
from sqlalchemy import Engine

from careergraph.cli.base.database import settings
from careergraph.cli.base.defaults import with_defaults
from careergraph.cli.base.messages import CliError
from careergraph.editorial.media.copies import Copies, copy_files
from careergraph.store.database.database import reading
from careergraph.store.editing.media_files import find_files
from careergraph.store.files.destination import destination

BESIDE = "images"
"""The folder beside backups that holds the files of images."""

images_option = click.option(
    "--images",
    metavar="ADDRESS",
    help="Where copies of the files of images are: a folder, or an address of fsspec. By default `images` beside FILE.",
)


def save_images(engine: Engine, file: Path, images: str | None) -> None:
    """Copy the files of images that are not beside a backup yet, and tell of it. Raises CliError and OSError."""
    _copy(engine, file, images, back=False)


def bring_images_back(engine: Engine, file: Path, images: str | None) -> None:
    """Copy the files of images that the store lacks from beside a backup. Raises CliError and OSError."""
    _copy(engine, file, images, back=True)


def _copy(engine: Engine, file: Path, images: str | None, *, back: bool) -> None:
    with reading(engine) as session:
        files = list(find_files(session).values())
    if not files:
        return
    store = with_defaults(settings()).media.store
    if not store:
        raise CliError("there is no store of images: set CAREERGRAPH_MEDIA_STORE, and install careergraph[media]")
    beside = images or str(file.parent / BESIDE)
    if _place(beside) == _place(store):
        raise CliError(f"{beside} is the store of images itself: name another place for their copies by --images")
    if not back and "://" not in beside:
        Path(beside).mkdir(mode=0o700, parents=True, exist_ok=True)  # drafts have images too
    source, target = (beside, store) if back else (store, beside)
    copies = copy_files(files, destination(source), destination(target))
    click.echo(f"{copies.copied} of {len(files)} files of images copied to {target}, where the others are already")
    _tell_missing(copies, source)


def _tell_missing(copies: Copies, source: str) -> None:
    for digest in copies.missing:
        click.echo(digest, err=True)
    if copies.missing:
        raise CliError(
            f"{len(copies.missing)} files of images are missing in {source}, or damaged: their SHA-256 is above"
        )


def _place(address: str) -> str:
    return address.rstrip("/") if "://" in address else str(Path(address).resolve())
