"""Bodies above a limit are refused before anything reads them."""

from fastapi.responses import JSONResponse

MOST_BYTES = 64 * 1024
# So much of a refused body is still read and thrown away: its sender sees the answer, not a broken connection.
MOST_DRAINED_BYTES = 32 * 1024 * 1024


class BodyLimit:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        kept, total, more = [], 0, True
        while more and total <= MOST_DRAINED_BYTES:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            total += len(message.get("body", b""))
            more = message.get("more_body", False)
            kept = kept + [message.get("body", b"")] if total <= MOST_BYTES else []
        if total > MOST_BYTES:
            refusal = JSONResponse({"error": f"The body is larger than {MOST_BYTES // 1024} KiB."}, 413)
            return await refusal(scope, receive, send)

        body = iter([{"type": "http.request", "body": b"".join(kept), "more_body": False}])

        async def receive_kept():
            return next(body, None) or await receive()

        await self.app(scope, receive_kept, send)
