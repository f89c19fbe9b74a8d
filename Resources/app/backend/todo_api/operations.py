"""The four things that a chat message can ask for, however it was understood."""

from typing import Literal

from pydantic import BaseModel, StrictBool, model_validator

from .errors import Refusal
from .words import Title

MOST_LISTED = 20


class Operation(BaseModel):
    kind: Literal["add", "list", "complete", "delete"]
    # For add: the new task's title.
    title: Title | None = None
    # For complete and delete: a number with or without #, or words of a title.
    task: str | None = None
    # For list: only completed tasks, or only open ones.
    completed: StrictBool | None = None

    @model_validator(mode="after")
    def has_what_it_needs(self):
        if self.kind == "add" and not self.title:
            raise ValueError("a task to add needs a title")
        if self.kind in ("complete", "delete") and not (self.task or "").strip(" #"):
            raise ValueError(f"{self.kind} needs a task")
        return self


def perform(operation, task_list):
    """Carries the operation out and says what was done, or why not."""
    if operation.kind == "add":
        task = task_list.add(operation.title)
        return f"Added #{task.id} {task.title}."
    if operation.kind == "list":
        return _listing(task_list.all(operation.completed), operation.completed)
    found = _matches(operation.task, task_list.all())
    if not found:
        raise Refusal(404, f"I found no task “{operation.task}”.")
    if len(found) > 1:
        choices = ", ".join(f"#{task.id} {task.title}" for task in found[:MOST_LISTED])
        raise Refusal(409, f"Which one? {choices}. Say its number.")
    if operation.kind == "complete":
        task = task_list.change(found[0].id, completed=True)
        return f"Completed #{task.id} {task.title}."
    task_list.delete(found[0].id)
    return f"Deleted #{found[0].id} {found[0].title}."


def _listing(tasks, completed):
    kind = {None: "", True: "completed ", False: "open "}[completed]
    if not tasks:
        return f"You have no {kind}tasks."
    lines = [f"#{task.id} {task.title}{' (done)' if task.completed else ''}" for task in tasks[:MOST_LISTED]]
    if len(tasks) > MOST_LISTED:
        lines.append(f"… and {len(tasks) - MOST_LISTED} more")
    return f"You have {len(tasks)} {kind}{'task' if len(tasks) == 1 else 'tasks'}:\n" + "\n".join(lines)


def _matches(wanted, tasks):
    """The tasks meant: by number, else by the whole title, else by a part of it."""
    wanted = wanted.strip().removeprefix("#").casefold()
    by_number = [task for task in tasks if str(task.id) == wanted]
    by_title = [task for task in tasks if task.title.casefold() == wanted]
    return by_number or by_title or [task for task in tasks if wanted in task.title.casefold()]
