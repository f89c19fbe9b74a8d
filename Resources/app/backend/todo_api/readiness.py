"""Whether the database answers, for the probes: asked seldom, and never by two at a time."""

import asyncio
import time

from .database import DatabaseUnavailable
from .logs import log

KEPT_SECONDS = 3
ANSWER_SECONDS = 3.5


class Readiness:
    """The last answer, kept for a few seconds; a check that hangs counts as no answer."""

    def __init__(self, check):
        self._check = check
        self._running = None
        self._answered_at = None
        self.is_ready = False

    async def ask(self):
        """Whether the database answers."""
        if self._answered_at is None or time.monotonic() - self._answered_at > KEPT_SECONDS:
            if self._running is None or self._running.done():
                self._running = asyncio.create_task(asyncio.to_thread(self._reason))
            try:
                reason = await asyncio.wait_for(asyncio.shield(self._running), ANSWER_SECONDS)
            except TimeoutError:
                reason = f"no answer within {ANSWER_SECONDS} seconds"
            self._note(reason)
        return self.is_ready

    def _reason(self):
        try:
            self._check()
        except DatabaseUnavailable as error:
            return error.reason
        return None

    def _note(self, reason):
        is_first, was_ready = self._answered_at is None, self.is_ready
        self._answered_at, self.is_ready = time.monotonic(), reason is None
        if reason is None and not was_ready:
            log.info("the database answers")
        elif reason is not None and (was_ready or is_first):
            fields = {"reason": reason}
            log.error("the database cannot be reached: not ready, and trying again", extra={"fields": fields})
