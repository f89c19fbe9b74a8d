"""The chat: by rules, with a model, and when the model is of no use."""

import pytest
from stand_ins import ModelServer


def say(client, message):
    answer = client.post("/api/chat", json={"message": message})
    assert answer.status_code == 200, answer.text
    return answer.json()


def tasks(client):
    return {task["title"]: task["completed"] for task in client.get("/api/tasks").json()}


@pytest.mark.parametrize(
    "message, title",
    [
        ("add buy milk", "buy milk"),
        ("Please add “buy milk” to my list.", "buy milk"),
        ("add a task to call mum", "call mum"),
        ("create a new task: water the plants", "water the plants"),
        ("Can you remind me to pay the rent, please?", "pay the rent"),
        ("I need to renew my passport!", "renew my passport"),
        ("new task called list of guests", "list of guests"),
        ("todo: delete old photos", "delete old photos"),
    ],
)
def test_rules_add(ada, message, title):
    answer = say(ada, message)
    assert tasks(ada) == {title: False}
    assert answer["reply"].startswith("Added #") and answer["read_by"] == "rules" and answer["note"] is None


@pytest.mark.parametrize("message", ["list", "show my tasks", "what's on my list?", "my tasks"])
def test_rules_list(ada, message):
    assert say(ada, message)["reply"] == "You have no tasks."
    say(ada, "add one")
    say(ada, "add two")
    say(ada, "complete one")
    listed = say(ada, message)["reply"]
    assert listed.startswith("You have 2 tasks:") and "one (done)" in listed and listed.endswith("two")


def test_rules_list_the_open_or_the_completed_only(ada):
    for message in ("add one", "add two", "complete one"):
        say(ada, message)
    assert say(ada, "what is open?")["reply"].startswith("You have 1 open task:")
    assert "one" in say(ada, "show completed tasks")["reply"]
    for message in ("which tasks are not done?", "What do I have to do?"):
        assert "two" in say(ada, message)["reply"]


@pytest.mark.parametrize(
    "message",
    [
        "complete buy milk",
        "mark buy milk as done",
        "finish task MILK",
        "I'm done with milk",
        "complete {number}",
        "buy milk is done",
        "mark task #{number} as completed",
        "check off the milk",
    ],
)
def test_rules_complete(ada, message):
    number = ada.post("/api/tasks", json={"title": "buy milk"}).json()["id"]
    assert say(ada, message.format(number=number))["reply"] == f"Completed #{number} buy milk."
    assert tasks(ada) == {"buy milk": True}


@pytest.mark.parametrize(
    "message", ["delete buy milk", "remove milk from my list", "delete task {number}", "forget about milk"]
)
def test_rules_delete(ada, message):
    number = ada.post("/api/tasks", json={"title": "buy milk"}).json()["id"]
    assert say(ada, message.format(number=number))["reply"] == f"Deleted #{number} buy milk."
    assert tasks(ada) == {}


def test_when_several_tasks_fit_the_chat_asks_and_changes_nothing(ada):
    say(ada, "add buy milk")
    say(ada, "add buy bread")
    assert say(ada, "delete buy")["reply"].startswith("Which one? #")
    assert len(tasks(ada)) == 2
    assert say(ada, "delete cheese")["reply"] == "I found no task “cheese”."


@pytest.mark.parametrize("message", ["hello", "why is the sky blue", "add", "???", "'); DROP TABLE tasks; --"])
def test_what_the_rules_do_not_understand_is_answered_with_help(ada, message):
    assert say(ada, message)["reply"].startswith("I can add, list, complete and delete tasks")
    assert tasks(ada) == {}


def test_wrong_messages_are_refused(ada):
    for message in ("", " ", "x" * 1001, None, 7):
        assert ada.post("/api/chat", json={"message": message}).status_code == 422
    assert "at most 200" in ada.post("/api/chat", json={"message": "add " + "x" * 300}).json()["error"]


def test_a_model_reads_what_the_rules_cannot(start_backend, model):
    backend = start_backend(**model.environment)
    with backend.new_user() as ada:
        model.answer = model.calls(("add_task", {"title": "buy milk"}), ("add_task", {"title": "call mum"}))
        answer = say(ada, "we are out of milk, and mum has her birthday")
        assert tasks(ada) == {"buy milk": False, "call mum": False}
        assert answer["read_by"] == "model" and answer["note"] is None and answer["reply"].count("Added #") == 2

        model.answer = model.says(
            '{"operations": [{"kind": "complete", "task": "milk"}, {"kind": "delete", "task": "mum"}]}'
        )
        say(ada, "both are settled")
        assert tasks(ada) == {"buy milk": True}

        model.answer = model.calls(("list_tasks", {"completed": False}))
        assert say(ada, "anything else?")["reply"] == "You have no open tasks."

        path, sent = model.requests[1]
        assert path == "/v1/chat/completions" and sent["model"] == "stand-in"
        assert "buy milk" in sent["messages"][0]["content"] and sent["messages"][1]["content"] == "both are settled"
    assert ModelServer.KEY not in "".join(backend.lines)


def test_a_model_reaches_only_the_tasks_of_the_user_who_writes(start_backend, model):
    backend = start_backend(**model.environment)
    with backend.new_user() as ada, backend.new_user() as eve:
        number = ada.post("/api/tasks", json={"title": "secret plan"}).json()["id"]
        model.answer = model.calls(("delete_task", {"task": str(number)}))
        assert say(eve, "delete everything")["reply"] == f"I found no task “{number}”."
        assert tasks(ada) == {"secret plan": False}
    assert "secret plan" not in str(model.requests)


NONSENSE = [
    b"",
    b"<html>not JSON</html>",
    b"[" * 100_000,
    {},
    {"choices": []},
    ModelServer.says("Sure, I will do that!"),
    ModelServer.says('{"operations": []}'),
    ModelServer.says('{"operations": [{"kind": "drop", "task": "1"}]}'),
    ModelServer.says('{"operations": [{"kind": "add"}]}'),
    ModelServer.says("7"),
    ModelServer.calls(("rm", {"path": "/"})),
    ModelServer.calls(("add_task", {"title": "x" * 300})),
    ModelServer.calls(("add_task", {"title": {"a": 1}})),
    ModelServer.calls(("add_task", "a string")),
    ModelServer.calls(*[("list_tasks", {})] * 11),
]
PROBLEMS = [
    ("slow", "The model did not answer within 1 s"),
    (500, "The model API answered with status 500"),
    (429, "The model API answered with status 429"),
    (b"x" * 300_000, "The model's answer was too long"),
] + [(answer, "The model's answer made no sense") for answer in NONSENSE]


def test_the_rules_answer_when_the_model_is_of_no_use(start_backend, model):
    backend = start_backend(**model.environment)
    for number, (answer, problem) in enumerate(PROBLEMS):
        with backend.new_user() as ada:
            model.answer = answer
            said = say(ada, f"add task {number}")
            assert said["note"] == f"{problem}, so the chat's own rules answered.", answer
            assert said["read_by"] == "rules" and tasks(ada) == {str(number): False}


def test_the_rules_answer_when_the_key_is_wrong(start_backend, model):
    backend = start_backend(**{**model.environment, "OPENAI_API_KEY": "sk-wrong"})
    with backend.new_user() as ada:
        said = say(ada, "add buy milk")
        assert said["note"].startswith("The model API refused the key in OPENAI_API_KEY")
        assert tasks(ada) == {"buy milk": False}
    assert "sk-wrong" not in "".join(backend.lines)


def test_the_rules_answer_when_the_model_is_down(start_backend, model):
    backend = start_backend(**{**model.environment, "OPENAI_BASE_URL": "http://127.0.0.1:1/v1"})
    with backend.new_user() as ada:
        assert say(ada, "add buy milk")["note"].startswith("The model cannot be reached")
        assert tasks(ada) == {"buy milk": False}
