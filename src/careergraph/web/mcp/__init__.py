"""The MCP server: tools and resources by which assistants read careers and comparisons. Needs the extra `mcp`."""
