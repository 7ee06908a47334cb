"""Previews of drafts, and the effect of publishing them."""
