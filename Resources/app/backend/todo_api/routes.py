"""What is served under /api, and to whom."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Request, Response
from pydantic import BaseModel, ConfigDict, StrictBool, field_validator, model_validator

from . import people
from .errors import Refusal
from .task_list import TaskList
from .words import Message, Name, Title

router = APIRouter(prefix="/api")


class NewUser(BaseModel):
    name: Name


class User(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: int
    name: str


class UserWithToken(User):
    token: str


class NewTask(BaseModel):
    title: Title


class TaskChange(BaseModel):
    title: Title | None = None
    completed: StrictBool | None = None

    @model_validator(mode="after")
    def changes_something(self):
        if self.title is None and self.completed is None:
            raise ValueError("say a title, or completed as true or false")
        return self


class Task(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: int
    title: str
    completed: bool
    created_at: datetime

    @field_validator("created_at")
    @classmethod
    def in_utc(cls, time):
        """SQLite keeps no time zone; the times in it are UTC."""
        return time if time.tzinfo else time.replace(tzinfo=UTC)


class ChatMessage(BaseModel):
    message: Message


class ChatReply(BaseModel):
    reply: str
    read_by: str
    note: str | None


def current_user(request: Request, authorization: Annotated[str | None, Header()] = None) -> User:
    """The user whose token came with the request."""
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Refusal(401, "Sign in first: send the header Authorization: Bearer and your token.")
    state = request.app.state
    with state.database.begin() as connection:
        found = people.find(connection, token.strip(), state.token_key)
    if found is None:
        raise Refusal(401, "This token is not known; sign in again.")
    return User.model_validate(found)


CurrentUser = Annotated[User, Depends(current_user)]
# As large as PostgreSQL's bigint.
TaskID = Annotated[int, Path(ge=1, le=2**63 - 1)]


@router.post("/users", status_code=201)
def create_user(request: Request, new: NewUser) -> UserWithToken:
    state = request.app.state
    with state.database.begin() as connection:
        user, token = people.create(connection, new.name, state.token_key)
    return UserWithToken(id=user.id, name=user.name, token=token)


@router.get("/users/me")
def show_user(user: CurrentUser) -> User:
    return user


@router.delete("/users/me", status_code=204)
def delete_user(request: Request, user: CurrentUser) -> Response:
    with request.app.state.database.begin() as connection:
        people.remove(connection, user.id)
    return Response(status_code=204)


@router.get("/tasks")
def list_tasks(request: Request, user: CurrentUser, completed: bool | None = None) -> list[Task]:
    with request.app.state.database.begin() as connection:
        return [Task.model_validate(task) for task in TaskList(connection, user.id).all(completed)]


@router.post("/tasks", status_code=201)
def add_task(request: Request, user: CurrentUser, new: NewTask) -> Task:
    with request.app.state.database.begin() as connection:
        return Task.model_validate(TaskList(connection, user.id).add(new.title))


@router.get("/tasks/{task_id}")
def show_task(request: Request, user: CurrentUser, task_id: TaskID) -> Task:
    with request.app.state.database.begin() as connection:
        return Task.model_validate(TaskList(connection, user.id).get(task_id))


@router.patch("/tasks/{task_id}")
def change_task(request: Request, user: CurrentUser, task_id: TaskID, change: TaskChange) -> Task:
    values = change.model_dump(exclude_none=True)
    with request.app.state.database.begin() as connection:
        return Task.model_validate(TaskList(connection, user.id).change(task_id, **values))


@router.patch("/tasks/{task_id}/complete")
def complete_task(request: Request, user: CurrentUser, task_id: TaskID) -> Task:
    with request.app.state.database.begin() as connection:
        return Task.model_validate(TaskList(connection, user.id).change(task_id, completed=True))


@router.delete("/tasks/{task_id}", status_code=204)
def delete_task(request: Request, user: CurrentUser, task_id: TaskID) -> Response:
    with request.app.state.database.begin() as connection:
        TaskList(connection, user.id).delete(task_id)
    return Response(status_code=204)


@router.post("/chat")
async def chat(request: Request, user: CurrentUser, said: ChatMessage) -> ChatReply:
    return ChatReply(**await request.app.state.chat.answer(said.message, user.id))
