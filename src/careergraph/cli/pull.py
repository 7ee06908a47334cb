"""`careergraph pull`: bring careers over that are kept in another headless CMS."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from careergraph.cli.base.database import settings
from careergraph.cli.imports.importing import Import, import_options, problems_as_failures, progress, run
from careergraph.editorial.importers.mapped.table_map import read_map
from careergraph.editorial.importers.pulled.fetch import TOKEN
from careergraph.editorial.importers.pulled.pull import pull
from careergraph.editorial.importers.pulled.vendors import VENDORS
from careergraph.editorial.importers.sources import table_source


@click.command()
@click.argument("vendor", type=click.Choice(list(VENDORS)))
@click.argument("sources", metavar="URL|FILE...", nargs=-1, required=True)
@click.option(
    "--mapping",
    type=click.Path(path_type=Path),
    required=True,
    help="What the fields of the entries are, in the form of `import table --map`; see the docs.",
)
@import_options
def command(vendor: str, sources: tuple[str, ...], mapping: Path, options: Import) -> None:
    """Pull careers, skills and figures from another headless CMS: from addresses of its lists, or exported files.

    The drafts are a release, as those of an import are. The same again changes nothing; later on what changed there
    changes here, and edits by editors stay. The token for an address is in CAREERGRAPH_PULL_TOKEN.
    """
    webhooks, token = settings().webhooks.parse(), os.environ.get(TOKEN, "").strip()
    with TemporaryDirectory() as folder:
        with progress() as tell, problems_as_failures():
            paths = pull(VENDORS[vendor], sources, Path(folder), read_map(mapping), webhooks, token, tell)
        run(options, table_source(paths, mapping))
