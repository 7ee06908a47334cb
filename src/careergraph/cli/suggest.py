"""`careergraph suggest`: which skill concepts a phrase may mean."""

import json
from collections.abc import Iterator
from importlib import import_module
from typing import IO

import click

from careergraph.cli.base.database import database_option, open_database
from careergraph.cli.base.messages import CliError, say_locale
from careergraph.editorial.suggest.suggester import MOST, Suggester
from careergraph.editorial.suggest.suggestion import Answer, Suggestion
from careergraph.engine.errors import CodedError
from careergraph.engine.text.localized_catalog import localize
from careergraph.store.catalogs.catalogs import Catalogs


@click.command()
@click.argument("phrase", required=False)
@click.option("--file", type=click.File(encoding="utf-8"), help="A file with a phrase a line; - is standard input.")
@click.option("--jsonl", is_flag=True, help="One line of JSON for each phrase.")
@click.option("--first", type=click.IntRange(1, MOST), default=5, help="The most suggestions per phrase.")
@click.option("--semantic", is_flag=True, help="Use a small language model too; needs the extra `semantic`.")
@click.option("--locale", metavar="CODE", help="The language of the phrases, such as de.")
@database_option
def command(  # noqa: PLR0913, PLR0917 - one argument for each option
    phrase: str | None,
    file: IO[str] | None,
    jsonl: bool,
    first: int,
    semantic: bool,
    locale: str | None,
    database: str | None,
) -> None:
    """Suggest skill concepts for PHRASE, or for each line of a file.

    The concepts are those that are live. A score goes from 0 to 1, which is the very wording; `not known` means that
    even the best is too far away to be believed. Nothing is changed.
    """
    if (phrase is None) == (file is None):
        raise click.UsageError("give a phrase, or a file of phrases")
    with open_database(database) as engine:
        suggester = suggester_for(Catalogs(engine), locale, semantic)
    for line in [phrase] if phrase is not None else file or ():
        answer = suggester.suggest(line.rstrip("\r\n"), first)
        click.echo(json.dumps(to_json(answer), ensure_ascii=False) if jsonl else "\n".join(_lines(answer)))


def to_json(answer: Answer) -> dict[str, object]:
    """An answer as JSON."""
    return {
        "phrase": answer.phrase,
        "known": answer.confident,
        "method": answer.method,
        "model": answer.model,
        "suggestions": [_suggestion_json(suggestion) for suggestion in answer.suggestions],
    }


def _suggestion_json(suggestion: Suggestion) -> dict[str, object]:
    return {
        "slug": suggestion.slug,
        "name": suggestion.name,
        "externalIds": [{"scheme": it.scheme, "id": it.id} for it in suggestion.external_ids],
        "score": suggestion.score,
        "certainty": suggestion.certainty,
        "rule": suggestion.rule,
        "matched": suggestion.matched,
        "part": suggestion.part,
    }


def _lines(answer: Answer) -> Iterator[str]:
    if not answer.suggestions:
        yield f"{answer.phrase}: not known"
        return
    yield answer.phrase if answer.confident else f"{answer.phrase}: not known; the nearest are"
    for suggestion in answer.suggestions:
        where = f", for: {suggestion.part}" if suggestion.part else ""
        yield f"  {suggestion.score:.2f}  {suggestion.slug}  {suggestion.rule}: {suggestion.matched}{where}"


def suggester_for(catalogs: Catalogs, locale: str | None, semantic: bool) -> Suggester:
    """Return the suggester of the live catalog in a locale. Raises CliError for an unknown locale, and without the
    extra."""
    kind = _with_model() if semantic else Suggester
    try:
        localized = localize(catalogs.current(), locale)
        say_locale(locale, localized.locale.code)
        return kind.of(localized)
    except CodedError as error:
        raise CliError(error.message) from None


def _with_model() -> type[Suggester]:
    """Return the suggester with a language model. Raises CliError without the extra."""
    try:
        # The packages of the extra take long to import, and most do without.
        module = import_module("careergraph.editorial.suggest.semantic.suggester")
    except ModuleNotFoundError as missing:
        raise CliError(f"there is no {missing.name}; install the extra: pip install 'careergraph[semantic]'") from None
    suggester: type[Suggester] = module.SemanticSuggester
    return suggester
