"""careergraph: a headless CMS plugin and GraphQL API for career comparisons in which every sentence is proven."""

__version__ = "0.1.0"
