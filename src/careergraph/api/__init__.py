"""The GraphQL layer: types that mirror engine values, the queries, and the codes that a request can be refused with."""
