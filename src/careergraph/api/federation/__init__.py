"""A subgraph of Apollo Federation: the public schema, whose main types other subgraphs may extend."""
