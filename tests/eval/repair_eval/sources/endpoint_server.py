"""An OpenAI-compatible server with canned answers: what a model says is all that is not real."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[dict[str, Any]], str]


class Served:
    """Where it listens, and the bodies and headers that it was sent."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str | None] = []


@contextmanager
def serve(answer: Answer, status: int = 200) -> Iterator[Served]:
    """Serve `answer(body)` as every completion, until the block is left."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send({"object": "list", "data": [{"id": "coder"}]}, 200)

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            served.requests.append(body)
            served.keys.append(self.headers["Authorization"])
            choice: dict[str, Any] = {"index": 0, "finish_reason": "stop"}
            if self.path.endswith("/chat/completions"):
                choice["message"] = {"role": "assistant", "content": answer(body)}
            else:
                choice["text"] = answer(body)
            usage = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
            self._send({"choices": [choice], "usage": usage}, status)

        def _send(self, document: dict[str, Any], code: int) -> None:
            data = json.dumps(document).encode()
            self.send_response(code)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = Served(f"http://127.0.0.1:{server.server_address[1]}/v1")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
