"""Webhooks by the rules of Standard Webhooks: signed, in order, at least once, to safe addresses only."""
