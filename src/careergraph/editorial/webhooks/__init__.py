"""Webhooks: telling others of events as Standard Webhooks says: signed, in order, at least once, where it is safe."""
