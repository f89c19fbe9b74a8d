"""Errors as people and programs read them: a status and {"error": "one sentence"}."""

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from .database import DatabaseUnavailable
from .logs import log


class Refusal(Exception):
    """A request that is understood and not carried out."""

    def __init__(self, status, sentence):
        self.status, self.sentence = status, sentence


def register(app):
    @app.exception_handler(Refusal)
    async def refused(request, error):
        headers = {"WWW-Authenticate": "Bearer"} if error.status == 401 else None
        return _answer(error.status, error.sentence, headers)

    @app.exception_handler(HTTPException)
    async def not_served(request, error):
        sentences = {404: "Nothing is served here.", 405: "This method is not served here."}
        return _answer(error.status_code, sentences.get(error.status_code, str(error.detail)), error.headers)

    @app.exception_handler(RequestValidationError)
    async def wrong_input(request, error):
        first = error.errors()[0]
        if first["type"] == "json_invalid":
            return _answer(400, "The body is not JSON.")
        place = ".".join(map(str, first["loc"][1:])) or first["loc"][0]
        return _answer(422, f"{place}: {first['msg'].removeprefix('Value error, ')}")

    @app.exception_handler(DatabaseUnavailable)
    async def no_database(request, error):
        log.error("the database failed", extra={"fields": {"reason": error.reason}})
        return _answer(503, "The database cannot be reached; try again in a moment.", {"Retry-After": "5"})

    @app.exception_handler(Exception)
    async def unexpected(request, error):
        return _answer(500, "Something unexpected went wrong; the backend's log says what.")


def _answer(status, sentence, headers=None):
    return JSONResponse({"error": sentence}, status, headers)
