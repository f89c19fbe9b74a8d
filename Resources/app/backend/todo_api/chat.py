"""Answers a chat message: read by the model if there is one, else by the rules; carried out on the user's own tasks."""

from starlette.concurrency import run_in_threadpool

from . import chat_rules
from .chat_model import ChatModel, ModelProblem
from .errors import Refusal
from .logs import log
from .operations import perform
from .task_list import TaskList


class Chat:
    def __init__(self, database, model_settings):
        self._database = database
        self._model = ChatModel(model_settings) if model_settings else None

    async def close(self):
        if self._model:
            await self._model.close()

    async def answer(self, message, user_id):
        """The reply, who read the message, and a note where the model could not."""
        note = None
        if self._model:
            try:
                tasks = await run_in_threadpool(self._tasks, user_id)
                operations = await self._model.read(message, tasks)
                return await run_in_threadpool(self._perform, operations, user_id, "model", None)
            except ModelProblem as problem:
                log.warning("the model was of no use", extra={"fields": {"reason": str(problem)}})
                note = f"{problem}, so the chat's own rules answered."
        operation = chat_rules.read(message)
        return await run_in_threadpool(self._perform, [operation] if operation else [], user_id, "rules", note)

    def _tasks(self, user_id):
        with self._database.begin() as connection:
            return TaskList(connection, user_id).all()

    def _perform(self, operations, user_id, reader, note):
        replies = [] if operations else [chat_rules.HELP]
        with self._database.begin() as connection:
            task_list = TaskList(connection, user_id)
            for operation in operations:
                try:
                    replies.append(perform(operation, task_list))
                except Refusal as refusal:
                    replies.append(refusal.sentence)
        return {"reply": "\n".join(replies), "read_by": reader, "note": note}
