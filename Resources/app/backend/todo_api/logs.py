"""Log lines as JSON objects, one a line. No header, body, query, token or key is ever written."""

import json
import logging
import sys
import time
from datetime import UTC, datetime

log = logging.getLogger("todo_api")


def start(level):
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(_JSONLines())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for noisy in ("httpx", "httpcore", "asyncio"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


class _JSONLines(logging.Formatter):
    def format(self, record):
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


class RequestLog:
    """Writes one line for each request; those of the probes only at the level debug."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        began, status = time.monotonic(), 500

        async def watch(message):
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, watch)
        finally:
            level = logging.DEBUG if scope["path"].startswith("/health/") else logging.INFO
            fields = {
                "method": scope["method"],
                "path": scope["path"][:200],
                "status": status,
                "milliseconds": round((time.monotonic() - began) * 1000, 1),
            }
            log.log(level, "request", extra={"fields": fields})
