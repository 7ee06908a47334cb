"""The pages that people read: rendered from answers to the GraphQL operations beside them, and nothing else."""
