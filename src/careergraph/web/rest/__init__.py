"""The read-only REST view: the operations of pages at addresses of their own, described by OpenAPI."""
