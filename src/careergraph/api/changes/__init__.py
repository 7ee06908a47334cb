"""Which pages read otherwise since a version of the catalog, and the operations that pages are made of."""
