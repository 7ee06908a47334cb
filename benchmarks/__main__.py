"""`python -m benchmarks`: the benchmark of the engine and the catalog."""

from benchmarks.engine import main

main()
