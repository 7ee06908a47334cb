"""Load: the documents of a content folder become what is live, all of them or none."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from careergraph.editorial.checks.check import check_folders
from careergraph.editorial.content.document_index import key
from careergraph.editorial.content.problem import Problem
from careergraph.store.documents.rows import read_all
from careergraph.store.editing.publish import publish


class Refused(Exception):
    """Something is wrong with the documents, so none was published. `problems` says all of it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """The result of loading: the number of documents, of those that changed what is live, and the version that was made
    (None where nothing changed)."""

    documents: int
    changed: int
    version: int | None


def load(session: Session, folder: Path, author: str, note: str = "") -> Loaded:
    """Publishes the content files of a folder. Raises Refused; whoever opened the session commits."""
    live = tuple(read_all(session))
    reading, problems = check_folders([folder], live)
    if problems:
        raise Refused(problems)
    before = {key(document): document for document in live}
    documents = [entry.document for entry in reading.entries]
    changed = [document for document in documents if before.get(key(document)) != document]
    version = publish(session, changed, author, note) if changed else None
    return Loaded(documents=len(documents), changed=len(changed), version=version)
