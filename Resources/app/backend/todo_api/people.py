"""Users: a name and a token. The token is shown once and kept only as a hash."""

import hashlib
import hmac
import secrets

from sqlalchemy import delete, insert, select

from .database import tasks, users


def create(connection, name, key):
    """A new user and the token that signs it in; the same name twice makes two users."""
    token = secrets.token_urlsafe(32)
    row = connection.execute(
        insert(users).values(name=name, token_hash=_hash(token, key)).returning(users.c.id, users.c.name)
    ).one()
    return row, token


def find(connection, token, key):
    """The user whose token it is, or None."""
    return connection.execute(
        select(users.c.id, users.c.name).where(users.c.token_hash == _hash(token, key))
    ).one_or_none()


def remove(connection, user_id):
    """Deletes a user with all tasks."""
    connection.execute(delete(tasks).where(tasks.c.user_id == user_id))
    connection.execute(delete(users).where(users.c.id == user_id))


def _hash(token, key):
    # A token is 256 random bits: nothing slower than one SHA-256 is needed against guessing.
    return hmac.new(key, token.encode(), hashlib.sha256).hexdigest()
