"""`careergraph compare`: two careers side by side in the terminal."""

import json

import click

from careergraph.cli.base.cli_error import CliError
from careergraph.cli.base.comparison_json import comparison_json
from careergraph.cli.base.database import database_option, open_database
from careergraph.cli.base.language import say_locale
from careergraph.cli.base.report import report
from careergraph.cli.base.table import width
from careergraph.engine.comparison.compare import Comparison, compare
from careergraph.engine.content import Catalog
from careergraph.engine.errors import Code, CodedError
from careergraph.store.catalogs.catalogs import Catalogs


@click.command()
@click.argument("a")
@click.argument("b")
@click.option("--locale", metavar="CODE", help="The language to compare in, such as de.")
@click.option("--json", "as_json", is_flag=True, help="Everything as JSON, each statement with its facts.")
@database_option
def command(a: str, b: str, locale: str | None, as_json: bool, database: str | None) -> None:
    """Compare the careers A and B, by slug."""
    with open_database(database) as engine:
        comparison = _compare(Catalogs(engine).current(), a, b, locale)
    say_locale(locale, comparison.localized.locale.code)
    if as_json:
        click.echo(json.dumps(comparison_json(comparison), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(report(comparison, width())))


def _compare(catalog: Catalog, a: str, b: str, locale: str | None) -> Comparison:
    try:
        return compare(catalog, a, b, locale)
    except CodedError as error:
        raise CliError(_explain(error, catalog, (a, b))) from None


def _explain(error: CodedError, catalog: Catalog, slugs: tuple[str, str]) -> str:
    """A refusal in words, with its hints: the engine's message never holds them."""
    if error.code is Code.UNKNOWN_CAREER:
        unknown = next(slug for slug in slugs if slug not in catalog.careers)
        close = _words(error.extensions.get("suggestions"))
        return f"there is no career {unknown[:100]!a}" + (f"; did you mean {close}?" if close else "")
    if error.code is Code.UNKNOWN_LOCALE:
        return f"there is no such locale; there are {_words(error.extensions.get('locales'))}"
    return error.message


def _words(hint: object) -> str:
    return ", ".join(str(word) for word in hint) if isinstance(hint, list | tuple) else ""
