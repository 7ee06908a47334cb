"""The library: files of images, from their upload to the widths that are served, and until nobody needs them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from threading import Lock
from typing import IO

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.content.problem import Problem, ProblemCode
from careergraph.editorial.media.decoder import BadImage, Picture, decode
from careergraph.engine.content import ImageFile
from careergraph.store.access.audit import record
from careergraph.store.database.database import reading, transaction
from careergraph.store.documents.documents import Document, ImageDocument
from careergraph.store.documents.pictures import FilePart
from careergraph.store.editing.media_files import add_file, find_files, remove_files, unused_files
from careergraph.store.files.destination import Destination, destination

GRACE = timedelta(days=1)
"""How long a file may wait for a draft that names it."""
BATCH = 20
"""The files that are removed in one transaction: other writers wait meanwhile."""
IMAGE = (ImageDocument.TYPE, "")
"""The key by which rights to files are judged: those to documents of their type."""


class Library:
    """The files in a folder, or at an address of fsspec. May be shared by threads; all methods may block.

    Raises OSError where the files cannot be read or written.
    """

    def __init__(self, address: str) -> None:
        self._place: Destination = destination(address)
        self._making = Lock()

    def upload(self, engine: Engine, actor: Actor, content: bytes | IO[bytes]) -> FilePart:
        """Clean an image and keep it; return what a document says of it. Raises Denied, BadImage and
        DatabaseProblem."""
        permit(actor, Verb.UPLOAD_IMAGE, IMAGE)
        picture = decode(content)
        file = part_of(picture)
        with transaction(engine) as session:  # before the file itself, so that none is removed that was just uploaded
            add_file(session, file, actor.name)
            record(
                session,
                actor.name,
                Verb.UPLOAD_IMAGE,
                (ImageDocument.TYPE, file.sha256),
                {"mediaType": file.media_type},
            )
        self._place.write(path_of(image_file(file).name()), [picture.content], picture.media_type)
        return file

    def kept(self, file: ImageFile, width: int | None = None) -> bytes | None:
        """Return a file in the least of its widths that is not below `width`; None where that is not there."""
        return self._place.read(path_of(file.name(width)))

    def make(self, file: ImageFile, width: int) -> bytes | None:
        """Make a file in another width, keep it and return it; None where there is no file. Raises BadImage."""
        with self._making:  # one at a time, as others may wait for the same
            content, whole = self.kept(file, width), self.kept(file)
            if content is None and whole is not None:
                content = decode(whole, width).content
                self._place.write(path_of(file.name(width)), [content], file.media_type)
        return content

    def register(self, engine: Engine, author: str) -> int:
        """Make files known that lie in the store and are not; return how many. Each has to be what its name says, and
        a sound image. Raises DatabaseProblem."""
        with reading(engine) as session:
            present = find_files(session)
        count = 0
        for folder in [f"{number:02x}" for number in range(256)]:
            for name in sorted(self._place.names(folder)):
                content = self._place.read(name) or b""
                digest, _, _ = name.rpartition("/")[2].partition(".")
                if digest in present or digest != sha256(content).hexdigest():
                    continue
                try:
                    file = part_of(replace(decode(content), content=content))
                except BadImage:
                    continue
                with transaction(engine) as session:
                    add_file(session, file, author)
                    record(
                        session, author, Verb.UPLOAD_IMAGE, (ImageDocument.TYPE, digest), {"mediaType": file.media_type}
                    )
                count += 1
        return count

    def missing(self, session: Session) -> Iterator[FilePart]:
        """Yield the files that are known, and not there."""
        for file in find_files(session).values():
            if self.kept(image_file(file)) is None:
                yield file

    def prune(self, engine: Engine, now: datetime, grace: timedelta = GRACE) -> int:
        """Remove the files that no revision names and that were uploaded longer ago than `grace`; return how many.
        Raises DatabaseProblem."""
        count = 0
        while True:
            with transaction(engine) as session:
                files = unused_files(session, now - grace, BATCH)
                remove_files(session, files)
                for file in files:
                    self._remove(image_file(file))
            count += len(files)
            if len(files) < BATCH:
                return count

    def _remove(self, file: ImageFile) -> None:
        for width in file.widths:
            self._place.remove(path_of(file.name(width)))


def part_of(picture: Picture) -> FilePart:
    """Describe an image for a document."""
    return FilePart(
        sha256=sha256(picture.content).hexdigest(),
        media_type=picture.media_type,
        width=picture.width,
        height=picture.height,
        bytes=len(picture.content),
    )


def image_file(file: FilePart) -> ImageFile:
    """Return the file that a document describes."""
    return ImageFile(sha256=file.sha256, media_type=file.media_type, width=file.width, height=file.height)


def files_in(engine: Engine, digest: str) -> Mapping[str, FilePart]:
    """Return the file of a SHA-256, by that, whether it is published or not. Raises DatabaseProblem."""
    with reading(engine) as session:
        return find_files(session, [digest])


def problems_of_files(session: Session, documents: Iterable[Document]) -> Iterator[Problem]:
    """Yield a problem for each image whose file was never uploaded, or is described otherwise."""
    images = [it for it in documents if isinstance(it, ImageDocument) and it.file is not None]
    files = find_files(session, [it.file.sha256 for it in images if it.file is not None]) if images else {}
    for image in images:
        if image.file is not None and files.get(image.file.sha256) != image.file:
            message = "there is no such file: upload it, and take over what the upload answers"
            yield Problem(ProblemCode.BAD_IMAGE, message, ("file",), image.TYPE, image.slug)


def path_of(name: str) -> str:
    """The place of a file: not all in one folder."""
    return f"{name[:2]}/{name}"
