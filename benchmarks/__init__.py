"""Benchmarks: how fast the parts of careergraph are on the machine at hand, as `python -m benchmarks` prints it."""
