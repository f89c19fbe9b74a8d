"""The database: PostgreSQL, or SQLite in a file. It may be away at any time, at the start too."""

import sqlite3
import threading
from contextlib import contextmanager
from urllib.parse import quote

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    event,
    exc,
    func,
    select,
    text,
)
from sqlalchemy.pool import NullPool

metadata = MetaData()
# SQLite counts up only a plain INTEGER.
_identity = BigInteger().with_variant(Integer(), "sqlite")

users = Table(
    "users",
    metadata,
    Column("id", _identity, primary_key=True),
    Column("name", String(100), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.current_timestamp()),
)
tasks = Table(
    "tasks",
    metadata,
    Column("id", _identity, primary_key=True),
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("title", String(200), nullable=False),
    Column("completed", Boolean, nullable=False, default=False),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.current_timestamp()),
    Index("tasks_of_user", "user_id", "id"),
    # A number is never used twice, so that a chat about #3 cannot mean a newer task.
    sqlite_autoincrement=True,
)

CONNECT_SECONDS = 3
# Only one replica at a time makes the tables: a number of our own for PostgreSQL's advisory lock.
_TABLES_LOCK = 7_301_984


class DatabaseUnavailable(Exception):
    """The database cannot be reached or did not answer; the reason is for the log."""

    def __init__(self, error):
        self.reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0][:300]


class Database:
    def __init__(self, url):
        self._has_tables = False
        self._making_tables = threading.Lock()
        # Names the database without its user and password.
        self.name = f"SQLite {url.database}" if url.drivername == "sqlite" else f"PostgreSQL {url.host or 'by socket'}"
        self._engine = self._sqlite(url) if url.drivername == "sqlite" else self._postgresql(url)

    @contextmanager
    def begin(self):
        """A transaction: committed at the end, rolled back on an error."""
        try:
            self._make_tables()
            with self._engine.begin() as connection:
                yield connection
        except (exc.OperationalError, exc.InterfaceError, exc.TimeoutError) as error:
            raise DatabaseUnavailable(error) from error

    def check(self):
        """Raises DatabaseUnavailable unless a query is answered."""
        with self.begin() as connection:
            connection.execute(select(tasks.c.id).limit(1))

    def close(self):
        self._engine.dispose()

    def _make_tables(self):
        with self._making_tables:
            if self._has_tables:
                return
            with self._engine.begin() as connection:
                if connection.dialect.name == "postgresql":
                    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _TABLES_LOCK})
                metadata.create_all(connection)
            self._has_tables = True

    def _postgresql(self, url):
        # What a connection string itself says goes before these.
        limits = {
            "connect_timeout": str(CONNECT_SECONDS),
            "tcp_user_timeout": "5000",
            "application_name": "todo-backend",
        }
        given = {name: value for name, value in limits.items() if name not in url.query}
        # Behind a pooler such as Neon's a prepared statement may meet another server connection: none are made.
        return create_engine(
            url,
            pool_size=5,
            max_overflow=0,
            pool_timeout=CONNECT_SECONDS,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={**given, "prepare_threshold": None},
        )

    def _sqlite(self, url):
        def connect():
            # A file that vanished later is missed, and not silently begun anew.
            mode = "rw" if self._has_tables else "rwc"
            return sqlite3.connect(
                f"file:{quote(url.database)}?mode={mode}", uri=True, timeout=CONNECT_SECONDS, check_same_thread=False
            )

        engine = create_engine(url, creator=connect, poolclass=NullPool, hide_parameters=True)

        @event.listens_for(engine, "connect")
        def keep_references(connection, record):
            connection.execute("PRAGMA foreign_keys = ON")

        return engine
