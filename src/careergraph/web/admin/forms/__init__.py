"""Forms: made from the definition of a document, and read back into one. A new field needs no template."""
