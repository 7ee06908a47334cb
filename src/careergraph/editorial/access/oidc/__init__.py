"""Sign-in with a provider, by OpenID Connect: its tokens are verified, and its claims decide the rights."""
