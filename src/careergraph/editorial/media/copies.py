"""Copies: the files of images beside the backups of a database, each once, and back."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from careergraph.editorial.media.library import image_file, path_of
from careergraph.store.documents.pictures import FilePart
from careergraph.store.files.destination import Destination


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """How many files were copied, and the SHA-256 of those that the source lacks, or has otherwise than they were."""

    copied: int
    missing: tuple[str, ...]


def copy_files(files: Iterable[FilePart], source: Destination, target: Destination) -> Copies:
    """Copy the files that the target lacks, one after the other. A file never changes, so one that is there is left
    alone. Raises OSError."""
    folders: dict[str, list[tuple[str, FilePart]]] = defaultdict(list)
    for file in files:
        path = path_of(image_file(file).name())
        folders[path.rpartition("/")[0]].append((path, file))
    count, missing = 0, list[str]()
    for folder, those in sorted(folders.items()):
        present = target.names(folder)
        for path, file in those:
            if path in present:
                continue
            content = source.read(path)
            if content is None or sha256(content).hexdigest() != file.sha256:
                missing.append(file.sha256)
                continue
            target.write(path, [content], file.media_type)
            count += 1
    return Copies(copied=count, missing=tuple(missing))
