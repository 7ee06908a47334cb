"""Settings: tokens, endpoints and previews."""
