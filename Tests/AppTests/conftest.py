"""Servers for the tests: each a real process on loopback that ends with its test."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from chart import PROJECT
from stand_ins import ModelServer

BACKEND = PROJECT / "Resources/app/backend"


class Backend:
    """The API as its own process, and what it wrote."""

    def __init__(self, **environment):
        self.lines = []
        self._listening = threading.Event()
        keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "todo_api"],
            env={**keep, "PORT": "0", "PYTHONPATH": str(BACKEND), "PYTHONDONTWRITEBYTECODE": "1", **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        assert self._listening.wait(20), f"not started: {self.lines}"

    def _read(self):
        for line in self._process.stdout:
            self.lines.append(line)
            if '"message": "Application startup complete."' in line:
                self._listening.set()

    @property
    def logs(self):
        """The log so far; every line must be a JSON object."""
        return [json.loads(line) for line in self.lines]

    @property
    def url(self):
        return next(f"http://127.0.0.1:{line['port']}" for line in self.logs if line["message"] == "listening")

    def client(self, token=None):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        # No certificates are loaded: that takes longer than a test.
        return httpx.Client(base_url=self.url, headers=headers, timeout=15, verify=False)

    def new_user(self, name="Ada"):
        """A client that is signed in as somebody new."""
        with self.client() as stranger:
            return self.client(stranger.post("/api/users", json={"name": name}).json()["token"])

    def stop(self):
        self._process.terminate()
        code = self._process.wait(30)
        self._reader.join(10)
        self._process.stdout.close()
        return code


class PostgreSQL:
    """A server of its own in a folder, on loopback, with a password; run by an unprivileged user."""

    PASSWORD = "not-a-real-password"

    def __init__(self, folder):
        self._data, self._folder = folder / "data", folder
        self.port = free_port()
        password_file = folder / "password"
        password_file.write_text(self.PASSWORD)
        if os.getuid() == 0:
            for path in (folder, password_file):
                shutil.chown(path, "postgres", "postgres")
        self._run(
            "initdb",
            "--pgdata",
            self._data,
            "--username",
            "todo",
            "--auth",
            "scram-sha-256",
            "--pwfile",
            password_file,
            "--encoding",
            "UTF8",
            "--locale",
            "C",
            "--no-sync",
        )
        self.start()

    @property
    def url(self):
        return f"postgresql://todo:{self.PASSWORD}@127.0.0.1:{self.port}/postgres"

    def start(self):
        settings = [
            "listen_addresses=127.0.0.1",
            f"port={self.port}",
            f"unix_socket_directories={self._folder}",
            "fsync=off",
        ]
        options = " ".join(f"-c {setting}" for setting in settings)
        self._run(
            "pg_ctl", "--pgdata", self._data, "--wait", "--log", self._folder / "log", "--options", options, "start"
        )

    def stop(self):
        self._run("pg_ctl", "--pgdata", self._data, "--wait", "--mode", "immediate", "stop")

    @contextmanager
    def frozen(self):
        """Its processes stand still: connections are accepted, and nothing is answered."""
        leader = int((self._data / "postmaster.pid").read_text().split()[0])
        children = subprocess.run(["pgrep", "-P", str(leader)], capture_output=True, text=True, check=True).stdout
        processes = [leader, *map(int, children.split())]
        try:
            for process in processes:
                os.kill(process, signal.SIGSTOP)
            yield
        finally:
            for process in processes:
                os.kill(process, signal.SIGCONT)

    def _run(self, program, *arguments):
        as_user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        command = [*as_user, postgresql_program(program), *map(str, arguments)]
        subprocess.run(command, check=True, cwd=self._folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def postgresql_program(name):
    """Where Debian keeps it, or on the PATH; None if it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@pytest.fixture(scope="session")
def postgresql():
    if not postgresql_program("initdb"):
        pytest.skip("PostgreSQL is not installed")
    # Not below /tmp, which may be closed to its user.
    with tempfile.TemporaryDirectory(prefix="todotop-postgresql-", dir="/var/tmp") as folder:
        server = PostgreSQL(Path(folder))
        yield server
        server.stop()


@pytest.fixture
def start_backend(tmp_path):
    """Starts backends, on an SQLite file unless told otherwise."""
    started = []

    def start(**environment):
        backend = Backend(**{"DATABASE_URL": f"sqlite:///{tmp_path}/todo.db", **environment})
        started.append(backend)
        return backend

    yield start
    for backend in started:
        backend.stop()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def backend(request, tmp_path_factory):
    """One backend for a module's tests, once on each kind of database."""
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql").url
    else:
        url = f"sqlite:///{tmp_path_factory.mktemp('sqlite')}/todo.db"
    server = Backend(NEON_DB_URL=url, CORS_ORIGINS="http://todo.local")
    yield server
    server.stop()


@pytest.fixture
def ada(backend):
    with backend.new_user("Ada") as client:
        yield client


@pytest.fixture
def model():
    with ModelServer() as server:
        yield server
