"""Plans: read operations compiled once, and run over plain values straight to bytes.

A plan gives the same bytes as standard execution, or none: whatever it does not cover is left to standard execution.
"""

from careergraph.api.compiler.plan import Plan as Plan
from careergraph.api.compiler.plan import compile_plan as compile_plan
