"""Evaluation: how good what is computed is, on public data, with simple ways of doing the same beside it."""
