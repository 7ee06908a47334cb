"""Bulk: all comparisons as JSON lines, in parts that are written whole or not at all, by several processes."""
