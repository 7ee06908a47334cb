"""`careergraph work`: run schedules and imports, and send webhooks, without a server."""

import logging
import signal
from threading import Event

import click

from careergraph.cli.base.database import database_option, open_database, settings
from careergraph.editorial.worker.worker import Worked, Worker
from careergraph.store.editing.import_jobs import JobState
from careergraph.web.observability.logs import log_json


@click.command()
@click.option("--once", is_flag=True, help="Run what is due now, and exit.")
@click.option(
    "--every",
    default=1.0,
    show_default=True,
    type=click.FloatRange(min=0.05, max=3600),
    metavar="SECONDS",
    help="The interval between two rounds.",
)
@database_option
def command(once: bool, every: float, database: str | None) -> None:
    """Run schedules and imports, and send webhooks, until it is stopped.

    A server does so too (see CAREERGRAPH_WORK). Any number of workers may run: nothing is done twice. With --once, the
    exit code is 1 if a schedule or an import failed.
    """
    config = settings()
    with open_database(database) as engine:
        worker = Worker(
            engine, config.webhooks.parse(), imports=config.imports.parse(), every=every, workflow=config.workflow()
        )
        if not once:
            _until_stopped(worker, as_json=config.observability.log_json)
            return
        worked = worker.run_once()
    _report(worked)


def _report(worked: Worked) -> None:
    for done in worked.done:
        about = done.schedule.subject if isinstance(done.schedule.subject, str) else " ".join(done.schedule.subject)
        click.echo(f"{done.schedule.action.lower()} {about}: {done.outcome}", err=not done.good)
    for job in worked.imports:
        click.echo(f"import {job.number}: {job.state.lower()}", err=job.state is JobState.FAILED)
    click.echo(f"{len(worked.done)} scheduled, {worked.taken} delivered, {worked.refused} not delivered")
    if not all(done.good for done in worked.done) or any(job.state is JobState.FAILED for job in worked.imports):
        raise click.exceptions.Exit(1)


def _until_stopped(worker: Worker, *, as_json: bool) -> None:
    if as_json:
        log_json()
    else:
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    stop = Event()
    before = {number: signal.signal(number, lambda *_: stop.set()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        worker.run(stop)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
