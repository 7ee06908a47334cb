"""Standard execution, as graphql-core does it, for a schema whose resolvers never wait."""
