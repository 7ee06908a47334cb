"""The verbs: one editorial action a file, and beside them, named by nouns, what several of them share.

A verb asks for the right, validates, writes, records it in the audit log and puts what others should hear of into the
outbox. The session is one of `store.database.transaction`: what a verb raises (`editorial.outcome`) undoes all of it.
"""
