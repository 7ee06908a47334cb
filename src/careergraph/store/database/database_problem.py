"""The ways in which a database cannot be used, as exceptions. What reads them need not load SQLAlchemy."""


class DatabaseProblem(Exception):
    """The database cannot be used. The message is one line and holds no password.

    `public` says the same without a name or an address, for those who may not know them; None where nothing is known
    to be fit for them.
    """

    def __init__(self, message: str, public: str | None = None) -> None:
        super().__init__(message)
        self.public = public


class LockedDatabase(DatabaseProblem):
    """Another process writes to the database, for longer than a writer waits."""


class NewerDatabase(DatabaseProblem):
    """The tables are of a later version than this code, which reads what it can and writes nothing."""
