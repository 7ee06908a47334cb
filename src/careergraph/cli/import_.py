"""`careergraph import`: other people's tables into drafts."""

import click

from careergraph.cli.imports.import_esco import esco
from careergraph.cli.imports.import_figures import figures
from careergraph.cli.imports.import_onet import onet


@click.group()
def command() -> None:
    """Import occupations, skills and figures from other people's tables.

    Tables are plain or gzipped, of tabs or commas, and known by their columns, whatever their files are called. An
    import makes a release of drafts. The same import again changes nothing; a later edition changes what differs, and
    what editors changed stays.
    """


for imported in (onet, esco, figures):
    command.add_command(imported)
