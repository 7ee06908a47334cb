"""`careergraph schema`: the GraphQL schema as a text."""

import click

from careergraph.api.schema import sdl


@click.command()
def command() -> None:
    """Print the GraphQL schema, sorted: the text of schema.graphql."""
    click.echo(sdl(), nl=False)
