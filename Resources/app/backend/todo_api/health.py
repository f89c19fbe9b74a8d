"""Answers for probes, and for people who ask through the Ingress."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

router = APIRouter()


@router.get("/health/live")
async def live():
    """The process answers; the database is not asked, since a restart would not bring it back."""
    return {"status": "alive"}


@router.get("/health/ready")
@router.get("/api/health")
async def ready(request: Request):
    """Requests can be served: the database answered a few seconds ago at most."""
    if await request.app.state.readiness.ask():
        return {"status": "ready"}
    return JSONResponse({"status": "not ready", "error": "The database cannot be reached."}, 503)
