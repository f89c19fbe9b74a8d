"""What the environment says. Each variable is read here and nowhere else."""

from dataclasses import dataclass

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

VARIABLES = {
    "HOST": "the address to listen on; 127.0.0.1 unless set",
    "PORT": "the port to listen on, 0 for any free one; 8000 unless set",
    "LOG_LEVEL": "debug, info, warning or error",
    "CORS_ORIGINS": "web addresses, with commas between, whose pages may use the API besides its own",
    "DATABASE_URL": "postgresql://… or sqlite:///FILE; the file todo.db unless set",
    "NEON_DB_URL": "the same, read when DATABASE_URL is not set",
    "BETTER_AUTH_SECRET": "keys the hashes of the users' tokens; a change signs everybody out",
    "OPENAI_API_KEY": "lets a model read the chat; messages and task titles are then sent to it",
    "OPENAI_BASE_URL": "an API that speaks OpenAI's protocol",
    "OPENAI_MODEL": "the model that is asked",
    "OPENAI_TIMEOUT_SECONDS": "the longest a model may take, 1 to 60",
}

LOG_LEVELS = ("debug", "info", "warning", "error")


class SettingsError(Exception):
    """A setting is wrong; the text is one sentence, and never repeats a value that may be secret."""


@dataclass(frozen=True)
class ModelSettings:
    key: str
    base_url: str
    name: str
    timeout_seconds: int


@dataclass(frozen=True)
class Settings:
    host: str
    port: int
    log_level: str
    cors_origins: tuple[str, ...]
    database_url: URL
    token_key: bytes
    model: ModelSettings | None

    @classmethod
    def of(cls, environment):
        """The settings of an environment; an empty variable counts as not set."""
        given = {name: environment[name].strip() for name in VARIABLES if environment.get(name, "").strip()}
        log_level = given.get("LOG_LEVEL", "info").lower()
        if log_level not in LOG_LEVELS:
            raise SettingsError(f"LOG_LEVEL must be one of {', '.join(LOG_LEVELS)}.")
        return cls(
            host=given.get("HOST", "127.0.0.1"),
            port=_number(given, "PORT", 8000, 0, 65535),
            log_level=log_level,
            cors_origins=tuple(part.strip() for part in given.get("CORS_ORIGINS", "").split(",") if part.strip()),
            database_url=_database_url(given),
            token_key=given.get("BETTER_AUTH_SECRET", "").encode(),
            model=_model(given),
        )


def _database_url(given):
    name = "DATABASE_URL" if "DATABASE_URL" in given or "NEON_DB_URL" not in given else "NEON_DB_URL"
    wrong = SettingsError(f"{name} must begin with postgresql:// and name a host, or be sqlite:/// and a file.")
    try:
        url = make_url(given.get(name, "sqlite:///todo.db"))
    except (ArgumentError, ValueError):
        raise wrong from None
    if url.drivername in ("postgres", "postgresql", "postgresql+psycopg") and (url.host or "host" in url.query):
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite" and url.database and url.database != ":memory:":
        return url
    raise wrong


def _model(given):
    if "OPENAI_API_KEY" not in given:
        return None
    base_url = given.get("OPENAI_BASE_URL", "https://api.openai.com/v1").rstrip("/")
    if not base_url.startswith(("http://", "https://")):
        raise SettingsError("OPENAI_BASE_URL must begin with https:// or http://.")
    return ModelSettings(
        key=given["OPENAI_API_KEY"],
        base_url=base_url,
        name=given.get("OPENAI_MODEL", "gpt-4o-mini"),
        timeout_seconds=_number(given, "OPENAI_TIMEOUT_SECONDS", 10, 1, 60),
    )


def _number(given, name, otherwise, least, most):
    text = given.get(name, str(otherwise))
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise SettingsError(f"{name} must be a whole number from {least} to {most}.")
    return int(text)
