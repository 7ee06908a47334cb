"""Language: a word to whoever gets another locale than the one that was named."""

import click


def say_locale(tag: str | None, code: str) -> None:
    """Says, on standard error, that a catalog is read in the locale `code` because it has none of the name `tag`."""
    if tag is not None and tag != code:
        click.echo(f"there is no locale {tag[:100]}; {code} is read instead", err=True)
