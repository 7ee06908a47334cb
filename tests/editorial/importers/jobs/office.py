"""An office of import jobs: a folder of uploads over a desk, and workers that run what is started there."""

import zipfile
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from threading import Event
from uuid import uuid4

from sqlalchemy import select

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.hooks.workflow import Workflow
from careergraph.editorial.importers.jobs.files import file_of
from careergraph.editorial.importers.jobs.manage import ImportOptions, start_import, store_upload
from careergraph.editorial.importers.jobs.settings import ImportSettings
from careergraph.editorial.worker.imports import ImportRunner
from careergraph.store.database.database import reading, transaction
from careergraph.store.editing import import_jobs
from careergraph.store.editing.import_jobs import Importer, ImportJob
from careergraph.store.editing.import_reports import ItemKind
from careergraph.store.editing.uploads import Upload
from careergraph.store.tables.imports import ImportItemRow
from editorial.importers.sampling import SAMPLE
from editorial.verbs.desk import EDITOR, Desk


class Office:
    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk, self.folder = desk, folder / "uploads"
        self.folder.mkdir()
        self.settings = ImportSettings(folder=self.folder)
        self.ahead = timedelta()

    def upload(self, name: str, content: bytes, actor: Actor = EDITOR) -> str:
        ident = uuid4().hex
        file_of(self.folder, ident).write_bytes(content)
        digest, now = sha256(content).hexdigest(), datetime.now(UTC)
        row = Upload(ident=ident, name=name, size=len(content), digest=digest, created_by=actor.name, created_at=now)
        self.desk.do(store_upload, actor, row)
        return ident

    def onet(self, folder: Path = SAMPLE / "onet_29_3", name: str = "onet_29_3.zip") -> str:
        """Uploads the sample of O*NET."""
        return self.upload(name, zipped(folder))

    def upload_as(self, actor: Actor) -> str:
        """Uploads the sample of O*NET in somebody's name."""
        return self.upload("onet_29_3.zip", zipped(SAMPLE / "onet_29_3"), actor)

    def start(self, actor: Actor = EDITOR, **options: bool) -> ImportJob:
        """Starts an import of the sample of O*NET."""
        return self.desk.do(start_import, actor, Importer.ONET, ImportOptions(tables=(self.onet(),)), **options)

    def runner(self, workflow: Workflow | None = None) -> ImportRunner:
        return ImportRunner(self.desk.engine, self.settings, lambda: datetime.now(UTC) + self.ahead, workflow)

    def run(self, stop: Event | None = None) -> ImportJob:
        """Runs the one job that waits."""
        (job,) = self.runner().run_due(stop)
        return job

    def job(self, number: int) -> ImportJob:
        job = self.desk.look(import_jobs.find_job, number)
        assert job is not None
        return job

    def items(self, number: int, kind: ItemKind) -> list[ImportItemRow]:
        query = select(ImportItemRow).where(ImportItemRow.job_id == number, ImportItemRow.kind == str(kind))
        with reading(self.desk.engine) as session:
            return list(session.scalars(query.order_by(ImportItemRow.position)))

    def claimed(self, job: ImportJob) -> import_jobs.Lease:
        """Claims a job in the name of a worker that then says nothing."""
        with transaction(self.desk.engine) as session:
            claimed = import_jobs.claim(session, "lost", datetime.now(UTC))
        assert claimed is not None and claimed.number == job.number
        return import_jobs.Lease(job.number, "lost", claimed.attempt)


def zipped(folder: Path) -> bytes:
    """A folder as an archive."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, f"{folder.name}/{path.name}")
    return file.getvalue()
