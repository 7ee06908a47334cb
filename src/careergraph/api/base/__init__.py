"""The foundations of every GraphQL type: declarations, context, ids, pages of lists, errors, scalars."""
