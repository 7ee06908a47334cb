"""The store: SQLAlchemy models, sessions, documents to rows and back, the catalog of the live documents."""
