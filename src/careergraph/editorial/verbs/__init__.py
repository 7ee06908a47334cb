"""The verbs: each checks the right, validates, writes, records itself in the audit log, and enqueues events.

The session is one of `store.database.transaction`: an exception of a verb (`editorial.content.outcome`) undoes all.
"""
