"""Tables of other taxonomies as an import, by a map that names their columns."""
