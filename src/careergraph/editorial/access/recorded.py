"""Recorded: the verbs of the audit log, which are more than the rights."""

from careergraph.editorial.access.roles import Verb

RECORDED = frozenset(map(str, Verb)) | {
    "add-endpoint",
    "carry-out",
    "load",
    "pause-endpoint",
    "redeliver",
    "remove-endpoint",
    "restore",
    "resume-endpoint",
    "rotate-secret",
    "sign-in",
}
"""The verbs that this version records. The log of an earlier one may have others."""
