"""`python -m benchmarks`: the benchmark of the engine and the catalog, and of imports where the open data is there."""

from benchmarks.engine import main
from benchmarks.imports import DATA, measure

main()
measure(DATA)
