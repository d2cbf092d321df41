"""A real HTTP server on loopback that serves a folder, and can be as bad as the worst ones are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote


@dataclass
class Server:
    """Serves `folder` below `/`. `breaks` are the numbers of body bytes after which the next
    large responses break off; `errors` the statuses that come before anything is served."""

    folder: Path
    ranges: bool = True
    breaks: list[int] = field(default_factory=list)
    errors: list[int] = field(default_factory=list)
    redirects: dict[str, str] = field(default_factory=dict)
    instead: dict[str, bytes] = field(default_factory=dict)
    seen: list[tuple[str, str]] = field(default_factory=list)
    """Path and Range header of each request."""
    tokens: list[str | None] = field(default_factory=list)
    url: str = ""


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    server = Server(folder)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_arguments: object) -> None:
            """Nothing: standard error belongs to the tests."""

        def do_GET(self) -> None:
            asked = self.headers.get("Range", "")
            server.seen.append((self.path, asked))
            server.tokens.append(self.headers.get("Authorization"))
            if server.errors:
                return self._say(server.errors.pop(0))
            if self.path in server.redirects:
                self.send_response(302)
                self.send_header("Location", server.redirects[self.path])
                self.send_header("Content-Length", "0")
                return self.end_headers()
            name = unquote(self.path).rpartition("/")[2]
            file = server.folder / name
            if name not in server.instead and not file.is_file():
                return self._say(404)
            return self._serve(server.instead.get(name) or file.read_bytes(), asked)

        def _say(self, status: int) -> None:
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def _serve(self, data: bytes, asked: str) -> None:
            start = 0
            if server.ranges and (found := re.fullmatch(r"bytes=(\d+)-", asked)):
                start = int(found[1])
                if start >= len(data):
                    return self._say(416)
            self.send_response(206 if start else 200)
            self.send_header("Content-Length", str(len(data) - start))
            self.end_headers()
            most = server.breaks.pop(0) if server.breaks and len(data) > 1_000_000 else len(data)
            self.wfile.write(data[start : start + most])
            if most < len(data) - start:
                self.close_connection = True
            return None

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    server.url = f"http://127.0.0.1:{http.server_address[1]}"
    thread = Thread(target=http.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        thread.join()
        http.server_close()
