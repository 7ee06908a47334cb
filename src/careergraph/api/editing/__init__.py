"""The editors' side of the schema: `Query.editor`, and the mutations, one for each verb."""
