"""Probes, databases that come and go, and starts that cannot work."""

import os
import socket
import subprocess
import sys
import time

import pytest
from conftest import BACKEND, free_port


def wait_until(condition, seconds=15):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "did not happen in time"
        time.sleep(0.2)


def is_ready(client):
    return client.get("/health/ready").status_code == 200


def test_a_started_backend_is_alive_and_ready(backend):
    with backend.client() as client:
        assert client.get("/health/live").json() == {"status": "alive"}
        for path in ("/health/ready", "/api/health"):
            assert client.get(path).json() == {"status": "ready"}


def check_that_nothing_is_lost(backend, take_away, bring_back):
    with backend.new_user() as ada:
        ada.post("/api/tasks", json={"title": "stays"})
        assert is_ready(ada)
        take_away()
        wait_until(lambda: not is_ready(ada))
        assert ada.get("/health/live").status_code == 200
        refused = ada.post("/api/tasks", json={"title": "refused"})
        assert refused.status_code == 503 and refused.headers["retry-after"]
        assert refused.json() == {"error": "The database cannot be reached; try again in a moment."}
        assert ada.post("/api/chat", json={"message": "list"}).status_code == 503
        bring_back()
        wait_until(lambda: is_ready(ada))
        assert [task["title"] for task in ada.get("/api/tasks").json()] == ["stays"]
        ada.post("/api/tasks", json={"title": "added later"})
    errors = [line for line in backend.logs if line["message"].startswith("the database cannot be reached")]
    assert len(errors) == 1 and errors[0]["reason"]


def test_sqlite_goes_away_and_returns(start_backend, tmp_path):
    folder, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    folder.mkdir()
    backend = start_backend(DATABASE_URL=f"sqlite:///{folder}/todo.db")
    check_that_nothing_is_lost(backend, lambda: folder.rename(elsewhere), lambda: elsewhere.rename(folder))


def test_a_vanished_sqlite_file_is_missed_and_not_begun_anew(start_backend, tmp_path):
    file, elsewhere = tmp_path / "todo.db", tmp_path / "elsewhere.db"
    backend = start_backend()
    check_that_nothing_is_lost(backend, lambda: file.rename(elsewhere), lambda: elsewhere.rename(file))


def test_postgresql_goes_away_and_returns(start_backend, postgresql):
    backend = start_backend(DATABASE_URL=postgresql.url)
    check_that_nothing_is_lost(backend, postgresql.stop, postgresql.start)


def test_the_answer_about_the_database_is_kept_for_a_moment(start_backend, tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    backend = start_backend(DATABASE_URL=f"sqlite:///{folder}/todo.db")
    with backend.client() as client:
        assert is_ready(client)
        folder.rename(tmp_path / "elsewhere")
        assert is_ready(client)
        wait_until(lambda: not is_ready(client), seconds=6)


@pytest.mark.parametrize("host", ["127.0.0.1:1", "silent", "db.example.invalid"])
def test_an_unreachable_database_at_the_start_is_said_and_not_a_crash(start_backend, host):
    with socket.create_server(("127.0.0.1", 0), backlog=0) as silent:  # accepts, and never says a word
        host = f"127.0.0.1:{silent.getsockname()[1]}" if host == "silent" else host
        backend = start_backend(DATABASE_URL=f"postgresql://todo:not-a-real-password@{host}/todo")
        with backend.client() as client:
            assert client.get("/health/live").status_code == 200
            answer = client.get("/health/ready")
            assert answer.status_code == 503 and answer.json()["error"] == "The database cannot be reached."
    assert any(line["level"] == "error" and "not ready, and trying again" in line["message"] for line in backend.logs)
    assert "not-a-real-password" not in "".join(backend.lines)


def test_two_backends_start_on_one_empty_postgresql(start_backend, postgresql):
    database = f"two_{free_port()}"
    import psycopg

    with psycopg.connect(postgresql.url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {database}")
    url = postgresql.url.removesuffix("/postgres") + f"/{database}"
    backends = [start_backend(DATABASE_URL=url) for _ in range(2)]
    with backends[0].new_user() as ada, backends[1].client(ada.headers["Authorization"].split()[1]) as other:
        ada.post("/api/tasks", json={"title": "shared"})
        assert [task["title"] for task in other.get("/api/tasks").json()] == ["shared"]


def test_stopping_is_quick_and_clean(start_backend):
    backend = start_backend()
    with backend.client() as client:
        assert client.get("/health/live").status_code == 200
        began = time.monotonic()
        assert backend.stop() in (0, -15)
        assert time.monotonic() - began < 5


def outcome(**environment):
    return subprocess.run(
        [sys.executable, "-m", "todo_api"],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(BACKEND), "PYTHONDONTWRITEBYTECODE": "1", **environment},
        capture_output=True,
        text=True,
        timeout=30,
    )


def test_a_port_in_use_is_one_clear_sentence():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = outcome(PORT=str(port))
    assert ended.returncode == 1 and ended.stderr.count("\n") == 1
    assert f"cannot listen on 127.0.0.1:{port} (Address already in use)" in ended.stderr


@pytest.mark.parametrize(
    "name, value, words",
    [
        (
            "DATABASE_URL",
            "mysql://todo:hunter2@host/todo",
            "DATABASE_URL must begin with postgresql:// and name a host",
        ),
        ("DATABASE_URL", "hunter2", "DATABASE_URL must begin with"),
        ("NEON_DB_URL", "postgresql:///hunter2", "NEON_DB_URL must begin with"),
        ("DATABASE_URL", "postgresql://todo:hunter2@host:port/todo", "DATABASE_URL must begin with"),
        ("PORT", "80800", "PORT must be a whole number from 0 to 65535."),
        ("LOG_LEVEL", "loud", "LOG_LEVEL must be one of"),
    ],
)
def test_a_wrong_setting_is_one_clear_sentence(name, value, words):
    ended = outcome(**{name: value})
    assert ended.returncode == 1 and words in ended.stderr and ended.stderr.count("\n") == 1
    assert "hunter2" not in ended.stderr


def test_model_settings_are_checked_when_a_key_is_set():
    ended = outcome(OPENAI_API_KEY="sk-secret", OPENAI_BASE_URL="api.example")
    assert ended.returncode == 1 and "OPENAI_BASE_URL must begin with https://" in ended.stderr
