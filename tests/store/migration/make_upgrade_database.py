"""Make the database that a test upgrades: `python tests/store/migration/make_upgrade_database.py FILE.gz`.

`database_0016.gz` is what this wrote on the main branch of 29 November 2026, with tables of revision 0016. It stands
for that day: imports, renames, drafts, releases, schedules, tokens, a preview, and a webhook that was
not delivered. After a release, make another of its version beside it.
"""

import gzip
import secrets
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[2]))

from careergraph.editorial.access.actor import Role, Scope
from careergraph.editorial.editing.guards import state_of
from careergraph.editorial.verbs.access import manage_endpoints
from careergraph.editorial.verbs.access.tokens import LONGEST, create_preview, create_token, revoke_token
from careergraph.editorial.verbs.documents.drafts import submit_for_review
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.editorial.verbs.documents.rename import rename
from careergraph.editorial.verbs.documents.schedule import schedule
from careergraph.editorial.verbs.documents.unpublish import archive
from careergraph.editorial.verbs.releases import add_to_release, open_release, schedule_release
from careergraph.editorial.webhooks.address import Destination
from careergraph.editorial.webhooks.settings import Settings
from careergraph.store.database.database import connect, transaction
from careergraph.store.editing.schedules import Action
from careergraph.store.migration.migrate import upgrade
from editorial.importers.sampling import Sample, import_sample
from editorial.verbs.desk import ADMIN, EDITOR, Desk

FAR = datetime(2036, 11, 1, 12, tzinfo=UTC)
"""As far ahead as verbs allow."""
SETTINGS = Settings(secret_key="a key of the fixture, which signs nothing")


def fill(desk: Desk, folder: Path) -> None:
    """Do what an editorial team does."""
    import_sample(desk.engine, Sample(folder).read())
    desk.edit(("career", "accountant"), title={"en": "Accountant of today"})
    desk.do(publish, EDITOR, [("career", "accountant")])
    desk.edit(("career", "accountant"), title={"en": "Accountant of tomorrow"})
    desk.do(rename, EDITOR, ("career", "actuary"), "actuary-of-old")
    desk.edit(("career", "registered-nurse"), title={"en": "Nurse in review"})
    desk.do(submit_for_review, EDITOR, ("career", "registered-nurse"))
    desk.do(schedule, EDITOR, ("career", "registered-nurse"), Action.PUBLISH, at=FAR, zone="UTC")
    for release, slug in (("spring", "electrician"), ("summer", "plumber")):
        desk.do(open_release, EDITOR, release, release.title())
        desk.edit(("career", slug), title={"en": f"In {release}"})
        desk.do(add_to_release, EDITOR, release, [("career", slug)])
    desk.do(schedule_release, EDITOR, "summer", at=FAR, zone="UTC")
    desk.do(archive, EDITOR, ("career", "actors"))
    _give_access(desk)
    desk.edit(("career", "lawyer"), title={"en": "Lawyer of today"})
    desk.do(publish, EDITOR, [("career", "lawyer")])


def _give_access(desk: Desk) -> None:
    with _numbered_secrets(), transaction(desk.engine) as session:
        create_token(session, ADMIN, "program", Role.ADMIN)
        create_token(session, ADMIN, "german", Role.AUTHOR, scope=Scope.of(types=["career"], locales=["de"]))
        revoke_token(session, ADMIN, create_token(session, ADMIN, "gone", Role.EDITOR).token.prefix)
        until, state = datetime.now(UTC) + LONGEST, state_of(session, "spring")
        create_preview(session, EDITOR, "boss", {}, release="spring", state=state, expires_at=until)
        at = {"url": "https://hook.example/", "host": "hook.example", "port": 443, "target": "/"}
        to = Destination(**at, secure=True, addresses=("192.0.2.1",))  # type: ignore[arg-type]
        manage_endpoints.add(session, ADMIN, to, SETTINGS)


@contextmanager
def _numbered_secrets() -> Iterator[None]:
    """Secrets that a test can know: 1 in all digits for the first random word, and so on."""
    original, numbers = secrets.token_hex, count(2)
    vars(secrets)["token_hex"] = lambda size=32: str(next(numbers) // 2) * 2 * size
    try:
        yield
    finally:
        vars(secrets)["token_hex"] = original


if __name__ == "__main__":
    with TemporaryDirectory() as temporary:
        file = Path(temporary) / "careergraph.db"
        engine = connect(f"sqlite:///{file}")
        upgrade(engine)
        fill(Desk(engine), Path(temporary))
        engine.dispose()
        with sqlite3.connect(file) as connection:
            # no preview lasts as long as a fixture
            later = "(SELECT max(due_at) FROM careergraph_schedule)"
            connection.execute(f"UPDATE careergraph_token SET expires_at = {later} WHERE kind = 'PREVIEW'")
            connection.commit()
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute("VACUUM")
        Path(sys.argv[1]).write_bytes(gzip.compress(file.read_bytes(), 9, mtime=0))
