"""Serve one assistant over standard input and output, from an app without HTTP."""

from importlib import import_module

from careergraph.web.app import CareerGraph
from careergraph.web.core.config import Config


async def serve_stdio(config: Config) -> None:
    """Serve until the input ends. Raises ConfigProblem without the extra `mcp`."""
    careergraph = CareerGraph(config)
    server = careergraph.assistants().server
    stdio = import_module("mcp.server.stdio")
    async with careergraph.lifespan(), stdio.stdio_server() as (received, sent):
        await server.run(received, sent, server.create_initialization_options())
