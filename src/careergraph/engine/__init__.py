"""The comparison engine: pure functions over an immutable catalog.

Nothing here reads a clock, a file, a database or the environment: the same catalog and the same request give the same
bytes. The folder imports a short allow-list of the standard library and itself, nothing else (a test proves it).
"""
