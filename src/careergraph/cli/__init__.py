"""The command line: one verb per file, each of which offers its `command`."""

from careergraph.cli.base.command import main as main
