"""The pages that changed since a version of the catalog, and the operations of pages."""
