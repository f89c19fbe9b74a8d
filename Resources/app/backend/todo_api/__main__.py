"""Starts the API: python -m todo_api. Its settings are environment variables, listed in settings.py."""

import os
import socket
import sys

import uvicorn

from . import logs
from .application import make_application
from .settings import Settings, SettingsError

# Above the 60 s for which ingress-nginx keeps connections, so that it never writes into one that is just being closed.
KEEP_ALIVE_SECONDS = 75
# Below the pods' termination grace period, with the wait before it.
SHUTDOWN_SECONDS = 20


def main():
    try:
        settings = Settings.of(os.environ)
    except SettingsError as error:
        sys.exit(f"todo-backend: {error}")
    listener = _listen(settings)
    logs.start(settings.log_level)
    host, port = listener.getsockname()[:2]
    logs.log.info("listening", extra={"fields": {"host": host, "port": port}})
    config = uvicorn.Config(
        make_application(settings),
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )
    uvicorn.Server(config).run(sockets=[listener])


def _listen(settings):
    listener = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
        listener.listen(512)
        return listener
    except OSError as error:
        sys.exit(
            f"todo-backend: cannot listen on {settings.host}:{settings.port} ({error.strerror}). "
            "Set HOST and PORT to an address and a port that are free."
        )


if __name__ == "__main__":
    main()
