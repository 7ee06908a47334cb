"""Images are called by what they show, also those that were saved before lists said so."""

import shutil
from pathlib import Path

from sqlalchemy import text

from careergraph.editorial.access.actor import Actor, Role
from careergraph.editorial.verbs.documents.drafts import save_draft
from careergraph.store.database.database import connect, transaction
from careergraph.store.migration.migrate import downgrade, upgrade

EDITOR = Actor(name="ann", role=Role.EDITOR)
NAMES = """SELECT title, (SELECT text FROM careergraph_document_index WHERE document_id = id) FROM careergraph_document
    WHERE document_type = 'image' ORDER BY slug"""


def test_images_of_before_are_called_by_what_they_show(seeded_file: Path, tmp_path: Path) -> None:
    shutil.copyfile(seeded_file, tmp_path / "images.db")
    engine = connect(f"sqlite:///{tmp_path}/images.db")
    with transaction(engine) as session:
        for slug, alt in (("bench", {"en": "A carver at her bench"}), ("bare", {})):
            save_draft(session, EDITOR, "image", {"slug": slug, "alt": alt}, None)
    downgrade(engine, "0029")
    with engine.connect() as connection:
        assert connection.execute(text(NAMES)).all() == [("bare", None), ("bench", None)]
    upgrade(engine)
    with engine.connect() as connection:
        (bare, _), (bench, words) = connection.execute(text(NAMES)).all()
    assert (bare, bench) == ("bare", "A carver at her bench") and "carver" in words
    engine.dispose()
