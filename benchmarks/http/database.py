"""Databases of generated content, made once in a folder that is kept."""

from pathlib import Path

from benchmarks.generate import generated
from careergraph.store.database.database import connect, transaction
from careergraph.store.documents.documents import CareerDocument, key_of
from careergraph.store.documents.rows import read_all
from careergraph.store.editing.publish import publish
from careergraph.store.migration.migrate import upgrade


def filled_database(folder: Path, careers: int) -> str:
    """The address of a database with so many careers: those of the seed, and generated ones."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"careers-{careers}.db"
    url = f"sqlite:///{file}"
    if not file.exists():
        unfinished = folder / f"unfinished-{careers}.db"
        unfinished.unlink(missing_ok=True)
        fill(f"sqlite:///{unfinished}", careers)
        unfinished.rename(file)
    engine = connect(url)
    upgrade(engine)  # it may have been made by an earlier version
    engine.dispose()
    return url


def fill(url: str, careers: int) -> None:
    """Makes a database and publishes as many careers as the seed leaves room for."""
    engine = connect(url)
    upgrade(engine)
    with transaction(engine) as session:
        seeded = tuple(read_all(session))
        more = careers - sum(isinstance(it, CareerDocument) for it in seeded)
        present = {key_of(it) for it in seeded}
        documents = [it for it in generated(more) if key_of(it) not in present]
        publish(session, documents, "benchmarks", "generated")
    engine.dispose()
