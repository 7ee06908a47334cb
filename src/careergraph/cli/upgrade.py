"""`careergraph upgrade`: the tables of a database, brought to this version."""

import click

from careergraph.cli.base.database import connect_database, database_option
from careergraph.store.database.problem import name_of
from careergraph.store.migration.migrate import upgrade


@click.command()
@click.option(
    "--seed/--no-seed",
    default=True,
    envvar="CAREERGRAPH_SEED",
    show_envvar=True,
    help="Whether a new database gets the demonstration: careers, skills, categories, collections and sources. It "
    "always gets the locales and the attributes.",
)
@database_option
def command(database: str | None, *, seed: bool) -> None:
    """Make the database, or bring its tables to this version, and seed it if it is new."""
    with connect_database(database) as engine:
        done = upgrade(engine, seed=seed)
        name = name_of(engine)
    click.echo(f"upgraded {name} to this version" if done else f"nothing to do: {name} is of this version")
