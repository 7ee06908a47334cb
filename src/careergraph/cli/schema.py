"""`careergraph schema`: the GraphQL schema as a text, and the documents that ship with it."""

import json
from collections.abc import Callable, Mapping

import click

from careergraph.api.changes.page_documents import NAMES, manifest, text_of
from careergraph.api.client_cache import cache_settings
from careergraph.api.collection import collection
from careergraph.api.federation.subgraph_sdl import subgraph_sdl
from careergraph.api.schema import schema, sdl

FORMS: Mapping[str, Callable[[], str]] = {
    "schema": sdl,
    "manifest": lambda: json.dumps(manifest(), indent=2, sort_keys=True) + "\n",
    "cache": lambda: json.dumps(cache_settings(schema._schema), indent=2) + "\n",
    "collection": lambda: json.dumps(collection(schema._schema), indent=2) + "\n",
    "subgraph": subgraph_sdl,
}
"""The printed text, by the name of its option; `schema` without one."""


@click.command()
@click.option(
    "--document", metavar="NAME", type=click.Choice(NAMES), help=f"Print a query instead: {', '.join(NAMES)}."
)
@click.option("--manifest", "form", flag_value="manifest", help="Print all these queries by SHA-256 instead.")
@click.option("--collection", "form", flag_value="collection", help="Print them for Postman and Bruno instead.")
@click.option("--cache", "form", flag_value="cache", help="Print the settings of clients' caches instead, as JSON.")
@click.option("--subgraph", "form", flag_value="subgraph", help="Print the subgraph of Apollo Federation instead.")
def command(document: str | None, form: str | None) -> None:
    """Print the GraphQL schema, sorted: the text of schema.graphql.

    With --document, print one of the queries of the pages. With --manifest, print all of them as a file for
    CAREERGRAPH_TRUSTED_DOCUMENTS, with which a server answers nothing else; with --collection as a collection of
    requests, which Postman, Bruno and their like import. With --cache, print which types have an id and which are
    parts of others, for Apollo Client's and urql's caches. With --subgraph, print the schema that a gateway composes
    with others, where CAREERGRAPH_FEDERATION is on.
    """
    click.echo(text_of(document) if document else FORMS[form or "schema"](), nl=False)
