"""The response: cached, compressed, with its headers."""
