"""Limits of operations: field costs, complexity and static limits before they run, an execution budget while they
do."""
