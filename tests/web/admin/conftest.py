"""A newsroom with the admin, over a seeded database of the module's own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from careergraph.editorial.access.actor import Role
from careergraph.store.database.database import connect
from web.admin.person import Person
from web.editing import Newsroom


@pytest.fixture(scope="module")
def newsroom(seeded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """An app with the admin and the pages."""
    file = tmp_path_factory.mktemp("admin") / "seeded.db"
    shutil.copyfile(seeded_file, file)
    engine = connect(f"sqlite:///{file}")
    newsroom = Newsroom(engine, admin_path="/admin", pages=True, imports_folder=str(file.parent / "imports"))
    yield newsroom
    newsroom.close()
    engine.dispose()


@pytest.fixture(scope="module")
def editor(newsroom: Newsroom) -> Person:
    """Somebody who is signed in as an editor."""
    return signed_in(newsroom, Role.EDITOR)


def signed_in(newsroom: Newsroom, role: Role, **scope: list[str]) -> Person:
    """Somebody who is signed in with a role."""
    person = Person(newsroom.app)
    person.sign_in(newsroom.secret(role, **scope))
    return person
