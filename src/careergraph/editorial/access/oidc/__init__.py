"""Signing in with a provider, by OpenID Connect: its tokens are verified, and its claims say who may do what."""
