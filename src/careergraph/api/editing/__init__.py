"""The editors' side of the schema: what they see under `Query.editor`, and the mutations, one verb each."""
