"""The common parts of the web layer: settings, codes, media types, and the record of a request."""
