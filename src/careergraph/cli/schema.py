"""`careergraph schema`: the GraphQL schema as a text, and the documents that ship with it."""

import json

import click

from careergraph.api.changes.page_documents import NAMES, manifest, text_of
from careergraph.api.client_cache import cache_settings
from careergraph.api.federation.subgraph_sdl import subgraph_sdl
from careergraph.api.schema import schema, sdl


@click.command()
@click.option(
    "--document", metavar="NAME", type=click.Choice(NAMES), help=f"Print a query instead: {', '.join(NAMES)}."
)
@click.option("--manifest", "as_manifest", is_flag=True, help="Print all these queries by SHA-256 instead.")
@click.option("--cache", "as_cache", is_flag=True, help="Print the settings of clients' caches instead, as JSON.")
@click.option("--subgraph", "as_subgraph", is_flag=True, help="Print the subgraph of Apollo Federation instead.")
def command(document: str | None, as_manifest: bool, as_cache: bool, as_subgraph: bool) -> None:
    """Print the GraphQL schema, sorted: the text of schema.graphql.

    With --document, print one of the queries of the pages. With --manifest, print all of them as a file for
    CAREERGRAPH_TRUSTED_DOCUMENTS, with which a server answers nothing else. With --cache, print which types have an id
    and which are parts of others, for Apollo Client's and urql's caches. With --subgraph, print the schema that
    a gateway composes with others, where CAREERGRAPH_FEDERATION is on.
    """
    if document is not None:
        click.echo(text_of(document), nl=False)
    elif as_cache:
        click.echo(json.dumps(cache_settings(schema._schema), indent=2))
    elif as_manifest:
        click.echo(json.dumps(manifest(), indent=2, sort_keys=True))
    else:
        click.echo(subgraph_sdl() if as_subgraph else sdl(), nl=False)
