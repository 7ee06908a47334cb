"""The host's own tables: its users, and the sessions in which they are signed in."""

import os
from hashlib import scrypt
from hmac import compare_digest
from secrets import token_hex, token_urlsafe

from sqlalchemy import ForeignKey, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

DATABASE = os.environ.get("DATABASE_URL", "sqlite:///var/host.db")
engine = create_engine(DATABASE)


class Base(DeclarativeBase):
    """The tables that the host's migrations are about."""


class User(Base):
    """Somebody who can sign in."""

    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    edits: Mapped[bool] = mapped_column(default=False)
    salt: Mapped[str] = mapped_column(default="")
    password: Mapped[str] = mapped_column(default="")

    @property
    def display_name(self) -> str:
        """How careergraph and others call the user."""
        return self.name

    def set_password(self, password: str) -> None:
        """Keep the hash of a password."""
        self.salt = token_hex(16)
        self.password = _hashed(password, self.salt)


class SignIn(Base):
    """A session of a user, by its token."""

    __tablename__ = "sign_ins"
    token: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))


def add_user(name: str, password: str, *, edits: bool) -> None:
    """Add somebody who can sign in."""
    user = User(name=name, edits=edits)
    user.set_password(password)
    with Session(engine) as session, session.begin():
        session.add(user)


def sign_in(name: str, password: str) -> str | None:
    """Return the token of a new session; None for a wrong name or password."""
    with Session(engine) as session, session.begin():
        user = session.scalar(select(User).where(User.name == name))
        if user is None or not compare_digest(user.password, _hashed(password, user.salt)):
            return None
        token = token_urlsafe(32)
        session.add(SignIn(token=token, user_id=user.id))
        return token


def user_of(token: str) -> User | None:
    """Return the user of a session; None where there is none."""
    with Session(engine) as session:
        return session.scalar(select(User).join(SignIn).where(SignIn.token == token))


def _hashed(password: str, salt: str) -> str:
    return scrypt(password.encode(), salt=salt.encode(), n=2**14, r=8, p=1).hex()
