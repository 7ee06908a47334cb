"""The store: SQLAlchemy models, sessions, documents to rows and back, the catalog built from what is live."""
