"""Documents: the one shape of content, to rows and back."""
