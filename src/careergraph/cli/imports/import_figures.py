"""`careergraph import figures`: a site's own figures."""

from pathlib import Path

import click

from careergraph.cli.imports.importing import Import, ImportInput, import_options, run
from careergraph.editorial.importers.figures import FIGURES, IMPORTER, read_figures
from careergraph.editorial.importers.source_data import Tell
from careergraph.editorial.importers.tables.folder import Tables, the_table


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@import_options
def figures(file: Path, options: Import) -> None:
    """Import figures of your own from FILE, a table with a figure a row.

    Its columns are career (a slug, or an external id as onet:15-1252.00), attribute, value and source; and where they
    are known unit, date, method, region, basis, publishedFor, low percentile,
    high percentile, share, interval low, interval high, sample size, suppress.
    Careers, attributes and sources must be there already.
    """

    def read(tell: Tell) -> ImportInput:
        table = the_table(file, FIGURES)
        tables = Tables(used=(table,), skipped=(), missed=())
        return ImportInput(
            tables=tables, importer=IMPORTER, read_source=lambda ground: read_figures(table, ground, tell)
        )

    run(options, read)
