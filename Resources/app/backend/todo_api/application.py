"""The application, put together from its settings."""

from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from . import errors, health, routes
from .body_limit import BodyLimit
from .chat import Chat
from .database import Database
from .logs import RequestLog, log
from .readiness import Readiness


def make_application(settings):
    database = Database(settings.database_url)

    @asynccontextmanager
    async def lifespan(app):
        reader = settings.model.name if settings.model else "rules only"
        log.info("starting", extra={"fields": {"database": database.name, "chat": reader}})
        await app.state.readiness.ask()
        yield
        await app.state.chat.close()
        database.close()

    app = FastAPI(
        title="Todo AI Chatbot", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url="/api/openapi.json"
    )
    app.state.database = database
    app.state.token_key = settings.token_key
    app.state.readiness = Readiness(database.check)
    app.state.chat = Chat(database, settings.model)
    app.include_router(routes.router)
    app.include_router(health.router)
    errors.register(app)
    # The last one added is the first to see a request.
    app.add_middleware(BodyLimit)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=settings.cors_origins,
        allow_methods=["GET", "POST", "PATCH", "DELETE"],
        allow_headers=["Authorization", "Content-Type"],
    )
    app.add_middleware(RequestLog)
    return app
