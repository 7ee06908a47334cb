"""The GraphQL layer: types that mirror engine values, the queries, and the codes that a request can be refused with.

The types of a schema form circles (a career has skills, a skill has careers). They are entered at `career` and nowhere
else, which is what the import below is for: the other types of the circle name it through its module.
"""

from careergraph.api.types import career as career
