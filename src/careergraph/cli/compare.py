"""`careergraph compare`: two careers side by side in the terminal."""

import json

import click

from careergraph.cli.base.comparison_json import comparison_json
from careergraph.cli.base.database import database_option, open_database
from careergraph.cli.base.explain import explain
from careergraph.cli.base.messages import CliError, say_locale
from careergraph.cli.base.report import report
from careergraph.cli.base.table import width
from careergraph.engine.comparison.compare import Comparison, compare
from careergraph.engine.content import Catalog
from careergraph.engine.errors import CodedError
from careergraph.store.catalogs.catalogs import Catalogs


@click.command()
@click.argument("a")
@click.argument("b")
@click.option("--locale", metavar="CODE", help="The language to compare in, such as de.")
@click.option("--region", metavar="NAME", help="The region of the compared figures; by default none.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with the facts of each statement.")
@database_option
def command(a: str, b: str, as_json: bool, database: str | None, **reading: str | None) -> None:
    """Compare the careers A and B, by slug."""
    with open_database(database) as engine:
        comparison = _compare(Catalogs(engine).current(), a, b, **reading)
    say_locale(reading["locale"], comparison.localized.locale.code)
    if as_json:
        click.echo(json.dumps(comparison_json(comparison), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(report(comparison, width())))


def _compare(catalog: Catalog, a: str, b: str, locale: str | None, region: str | None) -> Comparison:
    try:
        return compare(catalog, a, b, locale, region=region)
    except CodedError as error:
        raise CliError(explain(error, {"a": a, "b": b})) from None
