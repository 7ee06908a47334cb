"""What every GraphQL type needs: declarations, the context of a request, ids, pages of lists, errors, scalars."""
