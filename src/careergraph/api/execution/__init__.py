"""Standard execution: what graphql-core does, for a schema whose resolvers never wait."""
