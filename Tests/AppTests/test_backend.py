"""Tasks and users over real HTTP, on SQLite and on PostgreSQL."""

import json

import pytest

HOSTILE = [
    "'); DROP TABLE tasks; --",
    "1 OR 1=1",
    "<script>alert(1)</script>",
    "${7*7} {{7*7}} %s %(x)s :name",
    "作者 é 🧑‍💻",
    "\\' \" ` \\u0000",
]


def add(client, title):
    answer = client.post("/api/tasks", json={"title": title})
    assert answer.status_code == 201
    return answer.json()


def titles(client, **query):
    return [task["title"] for task in client.get("/api/tasks", params=query).json()]


def test_a_task_is_added_read_changed_completed_and_deleted(ada):
    task = add(ada, "  buy \n milk ")
    assert task["title"] == "buy milk" and task["completed"] is False and task["created_at"].endswith("Z")
    path = f"/api/tasks/{task['id']}"
    assert ada.get(path).json() == task
    assert ada.patch(path, json={"title": "buy oat milk"}).json() == {**task, "title": "buy oat milk"}
    assert ada.patch(f"{path}/complete").json()["completed"] is True
    assert titles(ada, completed=True) == ["buy oat milk"] and titles(ada, completed=False) == []
    assert ada.patch(path, json={"completed": False}).json()["completed"] is False
    assert ada.delete(path).status_code == 204
    assert ada.get(path).status_code == 404 and ada.delete(path).status_code == 404
    assert ada.get(path).json() == {"error": f"There is no task {task['id']}."}


def test_tasks_keep_their_order_and_numbers_are_not_used_again(ada):
    first, second = add(ada, "one"), add(ada, "two")
    ada.patch(f"/api/tasks/{first['id']}", json={"completed": True})
    assert titles(ada) == ["one", "two"]
    ada.delete(f"/api/tasks/{second['id']}")
    assert add(ada, "three")["id"] > second["id"]


def test_a_stranger_reaches_no_task(backend, ada):
    task = add(ada, "secret plan")
    path = f"/api/tasks/{task['id']}"
    with backend.new_user("Ada") as stranger:
        assert titles(stranger) == []
        answers = [
            stranger.get(path),
            stranger.patch(path, json={"title": "taken"}),
            stranger.patch(f"{path}/complete"),
            stranger.delete(path),
        ]
        assert [answer.status_code for answer in answers] == [404] * 4
        chat = stranger.post("/api/chat", json={"message": f"delete #{task['id']}"}).json()
        assert chat["reply"] == f"I found no task “#{task['id']}”."
    assert ada.get(path).json() == task


def test_without_a_known_token_nothing_is_answered(backend):
    for header in (
        {},
        {"Authorization": "Bearer nobody"},
        {"Authorization": "Basic QQ=="},
        {"Authorization": "Bearer"},
    ):
        with backend.client() as client:
            for method, path in [("GET", "/api/tasks"), ("POST", "/api/chat"), ("DELETE", "/api/users/me")]:
                answer = client.request(method, path, headers=header)
                assert answer.status_code == 401 and "ign in" in answer.json()["error"]


def test_a_user_can_leave_and_takes_the_tasks_along(backend):
    with backend.new_user("Grace") as grace:
        task = add(grace, "one")
        assert grace.get("/api/users/me").json()["name"] == "Grace"
        assert grace.delete("/api/users/me").status_code == 204
        assert grace.get(f"/api/tasks/{task['id']}").status_code == 401


@pytest.mark.parametrize("title", HOSTILE)
def test_sql_and_html_in_a_title_are_only_letters(ada, title):
    task = add(ada, title)
    answer = ada.get(f"/api/tasks/{task['id']}")
    assert answer.json()["title"] == title
    assert answer.headers["content-type"] == "application/json"
    assert ada.post("/api/chat", json={"message": f"delete {title}"}).status_code == 200
    assert ada.get("/api/users/me").status_code == 200  # the tables are still there


@pytest.mark.parametrize(
    "body, status, words",
    [
        ({}, 422, "title: Field required"),
        ({"title": "   "}, 422, "title: must not be empty"),
        ({"title": "x" * 201}, 422, "title: must have at most 200 characters"),
        ({"title": "a\u0000b"}, 422, "title: must not contain control characters"),
        ({"title": "\ud800"}, 422, "title: "),
        ({"title": 7}, 422, "title: "),
        ([], 422, "body: "),
        ("{", 400, "The body is not JSON."),
        ("[" * 30_000, 400, "There was an error parsing the body"),
        ("x" * 10_000_000, 413, "The body is larger than 64 KiB."),
    ],
)
def test_wrong_input_is_refused_with_a_sentence(ada, body, status, words):
    text = body if isinstance(body, str) else json.dumps(body)
    answer = ada.post("/api/tasks", content=text, headers={"Content-Type": "application/json"})
    assert answer.status_code == status and words in answer.json()["error"]
    assert titles(ada) == []


def test_a_large_body_without_a_length_is_refused_too(ada):
    parts = (b"x" * 100_000 for _ in range(100))
    assert ada.post("/api/tasks", content=parts).status_code == 413


@pytest.mark.parametrize("number", ["0", "-1", "one", str(2**63), "1;drop", "1%00"])
def test_a_wrong_number_is_refused(ada, number):
    answer = ada.get(f"/api/tasks/{number}")
    assert answer.status_code == 422 and answer.json()["error"].startswith("task_id: ")


def test_a_change_must_change_something(ada):
    path = f"/api/tasks/{add(ada, 'one')['id']}"
    for body in ({}, {"completed": "yes"}, {"title": ""}):
        assert ada.patch(path, json=body).status_code == 422
    assert ada.get(path).json()["title"] == "one"


def test_what_is_not_served_is_said_as_json(backend):
    with backend.client() as client:
        assert client.get("/api/nothing").json() == {"error": "Nothing is served here."}
        assert client.put("/api/tasks").status_code == 405


def test_only_named_origins_may_use_the_api(backend):
    with backend.client() as client:
        for origin, allowed in [("http://todo.local", "http://todo.local"), ("http://evil.example", None)]:
            answer = client.get("/api/health", headers={"Origin": origin})
            assert answer.headers.get("access-control-allow-origin") == allowed


def test_the_log_is_json_and_holds_no_secret(backend):
    with backend.new_user("Lovelace") as client:
        add(client, "private matter")
        client.get("/api/tasks", params={"secret": "in-the-query"})
        token = client.headers["Authorization"].split()[1]
    assert any(line["message"] == "request" and line["status"] == 201 for line in backend.logs)
    text = "".join(backend.lines)
    for secret in (token, "Lovelace", "private matter", "in-the-query", "not-a-real-password"):
        assert secret not in text
