"""Stand-ins for what is not here: a model API, and the programs that the scripts call. Each answers as it is told."""

import json
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class ModelServer:
    """Speaks as much of OpenAI's protocol as the chat uses. It understands nothing: `answer` says what comes back."""

    KEY = "sk-stand-in-0123456789"

    def __init__(self):
        self.requests = []
        self.answer = self.calls()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._make_handler())
        self._server.daemon_threads = True

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()

    @property
    def environment(self):
        url = f"http://127.0.0.1:{self._server.server_port}/v1"
        return {
            "OPENAI_API_KEY": self.KEY,
            "OPENAI_BASE_URL": url,
            "OPENAI_MODEL": "stand-in",
            "OPENAI_TIMEOUT_SECONDS": "1",
        }

    @staticmethod
    def calls(*calls):
        """An answer that calls tools: (name, arguments) each."""
        made = [{"function": {"name": name, "arguments": json.dumps(arguments)}} for name, arguments in calls]
        return {"choices": [{"message": {"content": None, "tool_calls": made}}]}

    @staticmethod
    def says(content):
        """An answer in words."""
        return {"choices": [{"message": {"content": content}}]}

    def _make_handler(model):
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                model.requests.append((self.path, body))
                if self.headers["Authorization"] != f"Bearer {model.KEY}":
                    return self._send(401, b'{"error": {"message": "Incorrect API key provided"}}')
                if isinstance(model.answer, int):
                    return self._send(model.answer, b"broken")
                if model.answer == "slow":
                    return self._dribble()
                answer = model.answer if isinstance(model.answer, bytes) else json.dumps(model.answer).encode()
                self._send(200, answer)

            def _send(self, status, body):
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def _dribble(self):
                """A byte now and then, so that only a limit for the whole answer ends it."""
                self.send_response(200)
                self.send_header("Content-Length", "1000")
                self.end_headers()
                try:
                    for _ in range(40):
                        self.wfile.write(b" ")
                        self.wfile.flush()
                        time.sleep(0.1)
                except OSError:
                    pass  # the client has given up, as it should

            def log_message(self, *_):
                pass

        return Handler


# What each program answers; {arguments} begins the match. Anything else is answered with success and silence.
ANSWERS = {
    "docker version": "27.3.1",
    "docker image inspect --format {{.Size}} todo-frontend:v1.0.0": "52428800",
    "docker image inspect --format {{.Size}} todo-backend:v1.0.0": "178257920",
    "minikube version --short": "v1.34.0",
    "minikube image ls": "docker.io/library/todo-frontend:v1.0.0\ndocker.io/library/todo-backend:v1.0.0",
    "minikube ip": "192.168.49.2",
    "helm version": "v3.16.2",
    "kubectl --context minikube get secret todo-secrets --namespace todo --ignore-not-found"
    " --output go-template": "found",
    "kubectl --context minikube get ingress": "todo.local",
    "kubectl config view": "https://192.168.49.2:8443",
}

_PROGRAM = """#!{python}
# A stand-in for {name}: writes down how it was called, and answers from a table. It does nothing else.
import json, os, sys
from pathlib import Path

folder = Path({folder!r})
called = " ".join(["{name}", *sys.argv[1:]])
reads = sys.argv[-1] == "-" or "--from-env-file=/dev/stdin" in sys.argv
record = {{"called": called, "input": sys.stdin.read() if reads else None}}
with open(folder / "calls", "a") as file:
    file.write(json.dumps(record) + "\\n")
answers = json.loads((folder / "answers").read_text())
answer = next((answer for beginning, answer in answers.items() if called.startswith(beginning)), "")
if isinstance(answer, int):
    sys.exit(answer)
print(record["input"] if reads and not answer else answer)
"""


class Programs:
    """Stand-ins for docker, minikube, helm, kubectl and todotop in a folder of their own."""

    NAMES = ("docker", "minikube", "helm", "kubectl", "todotop")

    def __init__(self, folder):
        self.folder = folder
        self.answers = dict(ANSWERS)
        for name in self.NAMES:
            program = folder / name
            program.write_text(_PROGRAM.format(python=sys.executable, name=name, folder=str(folder)))
            program.chmod(0o755)

    def run(self, script, *arguments, given="", **environment):
        """Runs a script with nothing but these programs and the system's on its PATH."""
        (self.folder / "answers").write_text(json.dumps(self.answers))
        (self.folder / "calls").unlink(missing_ok=True)
        return subprocess.run(
            [script, *arguments],
            env={"PATH": f"{self.folder}:/usr/bin:/bin", "HOME": str(self.folder), **environment},
            input=given,
            capture_output=True,
            text=True,
            timeout=60,
        )

    @property
    def records(self):
        file = self.folder / "calls"
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []

    @property
    def calls(self):
        return [record["called"] for record in self.records]
