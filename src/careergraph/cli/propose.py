"""`careergraph propose`: suggestions as links that wait to be accepted."""

import click

from careergraph.cli.base.database import admin, database_option, open_database, refusals_as_failures
from careergraph.cli.base.options import author_option
from careergraph.cli.suggest import suggester_for
from careergraph.editorial.verbs.documents.links import Proposed, propose_links
from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.database.database import transaction


@click.command()
@click.argument("careers", metavar="[CAREER]...", nargs=-1)
@click.option("--all", "every", is_flag=True, help="All live careers.")
@click.option("--accept-exact", is_flag=True, help="Accept the only concept with the very wording of a phrase.")
@click.option("--semantic", is_flag=True, help="Use a small language model too; needs the extra `semantic`.")
@click.option("--locale", metavar="CODE", help="The language of the wordings, such as de.")
@author_option
@database_option
def command(  # noqa: PLR0913, PLR0917 - one argument for each option
    careers: tuple[str, ...],
    every: bool,
    accept_exact: bool,
    semantic: bool,
    locale: str | None,
    author: str,
    database: str | None,
) -> None:
    """Propose skill concepts for the wordings of careers without a link.

    Writes a draft of each CAREER, by slug, with a proposal. Existing links stay as they are, and a proposal counts once
    it is accepted and published.
    """
    if bool(careers) == every:
        raise click.UsageError("name careers, or --all")
    with refusals_as_failures(), open_database(database) as engine:
        catalogs = Catalogs(engine)
        suggester = suggester_for(catalogs, locale, semantic)
        for slug in catalogs.current().careers if every else careers:
            with transaction(engine) as session:
                done = propose_links(session, admin(author), slug, suggester, accept_exact=accept_exact)
            if done.proposed or not every:
                click.echo(_summary(slug, done))


def _summary(slug: str, done: Proposed) -> str:
    accepted = f", {done.accepted} of them accepted" if done.accepted else ""
    return f"{slug}: {done.proposed} links proposed{accepted}, {done.unknown} wordings not known"
