"""One user's tasks. Each query names the user, so nobody reaches another's."""

from sqlalchemy import delete, func, insert, select, update

from .database import tasks
from .errors import Refusal

MOST_TASKS = 1000


class TaskList:
    def __init__(self, connection, user_id):
        self._connection = connection
        self._user_id = user_id

    def all(self, completed=None):
        query = select(tasks).where(tasks.c.user_id == self._user_id).order_by(tasks.c.id)
        if completed is not None:
            query = query.where(tasks.c.completed == completed)
        return self._connection.execute(query).all()

    def get(self, task_id):
        found = self._connection.execute(select(tasks).where(*self._where(task_id))).one_or_none()
        return found or self._missing(task_id)

    def add(self, title):
        count = select(func.count()).select_from(tasks).where(tasks.c.user_id == self._user_id)
        if self._connection.execute(count).scalar_one() >= MOST_TASKS:
            raise Refusal(409, f"There are {MOST_TASKS} tasks already; delete some first.")
        new = insert(tasks).values(user_id=self._user_id, title=title, completed=False)
        return self._connection.execute(new.returning(tasks)).one()

    def change(self, task_id, **values):
        changed = update(tasks).where(*self._where(task_id)).values(**values).returning(tasks)
        return self._connection.execute(changed).one_or_none() or self._missing(task_id)

    def delete(self, task_id):
        if self._connection.execute(delete(tasks).where(*self._where(task_id))).rowcount == 0:
            self._missing(task_id)

    def _where(self, task_id):
        return tasks.c.user_id == self._user_id, tasks.c.id == task_id

    def _missing(self, task_id):
        raise Refusal(404, f"There is no task {task_id}.")
