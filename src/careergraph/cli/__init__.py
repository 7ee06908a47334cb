"""The command line: one verb per file, each with its `command`."""

from careergraph.cli.base.command import main as main
