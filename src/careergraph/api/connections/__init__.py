"""Lists: connections that are paged, filters and orders, search, and looking a document up."""
