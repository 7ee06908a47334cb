"""Documents as inputs of GraphQL."""
