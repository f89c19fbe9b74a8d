"""Stand-ins for what is not here: a model API that answers as it is told."""

import json
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
