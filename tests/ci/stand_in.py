"""Stand-ins for GitHub's and GitLab's API, on loopback: they hold what they are told, check every
call against what the real ones take, and fail when they are asked to."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

TOKEN = "token-of-the-bot"


class Call(NamedTuple):
    method: str
    path: str
    body: Any


class Answer(NamedTuple):
    status: int
    body: Any = None
    headers: dict[str, str] = {}  # noqa: RUF012


@dataclass
class Fault:
    """What goes wrong with the next call whose `METHOD path` matches: it gets `answer` instead of
    its own; or, without one, the connection breaks, after the call has done its work if `done`."""

    call: str
    answer: Answer | None = None
    done: bool = False


@dataclass
class Repository:
    """One repository's pull requests, and what is wrong with the calls that came."""

    head: str = "a" * 40
    diff: str = ""
    pulls: list[dict[str, Any]] = field(default_factory=list)
    page: list[dict[str, Any]] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)
    bad_lines: set[int] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    url: str = ""

    @property
    def writes(self) -> list[Call]:
        """The calls that change something."""
        return [call for call in self.calls if call.method != "GET"]

    def answer(self, method: str, path: str, query: dict[str, str], body: Any) -> Answer:
        raise NotImplementedError

    def expect(self, body: Any, required: set[str], optional: frozenset[str] = frozenset()) -> None:
        """Note what an API that checks its input would refuse."""
        missing, unknown = required - set(body), set(body) - required - optional
        if missing or unknown:
            self.wrong.append(f"missing {sorted(missing)}, unknown {sorted(unknown)}: {body}")


def page_of(items: list[Any], query: dict[str, str]) -> Answer:
    size, page = int(query["per_page"]), int(query["page"])
    return Answer(200, items[(page - 1) * size : page * size])


class GitHub(Repository):
    name = "ada/shop"

    def pull(self, branch: str, **more: Any) -> dict[str, Any]:
        number = len(self.pulls) + 1
        made = {
            "number": number,
            "html_url": f"https://github.example/{self.name}/pull/{number}",
            "title": "",
            "body": None,
            "state": "open",
            "merged_at": None,
            "head": {"ref": branch, "sha": self.head, "repo": {"full_name": self.name}},
            **more,
        }
        self.pulls.append(made)
        return made

    def answer(self, method: str, path: str, query: dict[str, str], body: Any) -> Answer:
        below = path.removeprefix(f"/repos/{self.name}/")
        match method, *below.split("/"):
            case "GET", "pulls":
                wanted = query.get("head", "").rpartition(":")[2]
                found = [
                    pull
                    for pull in self.pulls
                    if query["state"] in ("all", pull["state"])
                    and wanted in ("", pull["head"]["ref"])
                ]
                return page_of(found, query)
            case "POST", "pulls":
                self.expect(body, {"title", "body", "head", "base"})
                if any(
                    p["head"]["ref"] == body["head"] and p["state"] == "open" for p in self.pulls
                ):
                    return Answer(422, {"message": "A pull request already exists"})
                return Answer(201, self.pull(body["head"], title=body["title"], body=body["body"]))
            case "PATCH", "pulls", number:
                self.expect(body, {"title", "body"})
                self.pulls[int(number) - 1].update(body)
                return Answer(200, self.pulls[int(number) - 1])
            case "GET", "pulls", number:
                return Answer(200, {"number": int(number), "head": {"sha": self.head}})
            case "GET", "pulls", _, "comments":
                return page_of(self.lines, query)
            case "GET", "issues", _, "comments":
                return page_of(self.page, query)
            case "POST", "issues", _, "comments":
                self.expect(body, {"body"})
                self.page.append({"id": len(self.page) + 1, **body})
                return Answer(201, self.page[-1])
            case "PATCH", "issues", "comments", number:
                self.page[int(number) - 1].update(body)
                return Answer(200, self.page[int(number) - 1])
            case "POST", "pulls", _, "reviews":
                self.expect(body, {"commit_id", "event", "comments"}, frozenset({"body"}))
                for each in body["comments"]:
                    self._expect_comment(each, set())
                if any(each["line"] in self.bad_lines for each in body["comments"]):
                    return Answer(422, {"message": "Unprocessable Entity", "errors": ["line"]})
                self.lines += [{"id": len(self.lines) + 1, **each} for each in body["comments"]]
                return Answer(200, {"id": 1})
            case "POST", "pulls", _, "comments":
                self._expect_comment(body, {"commit_id"})
                if body["line"] in self.bad_lines:
                    return Answer(422, {"message": "Validation Failed"})
                self.lines.append({"id": len(self.lines) + 1, **body})
                return Answer(201, self.lines[-1])
        self.wrong.append(f"unknown call {method} {path}")
        return Answer(404, {"message": "Not Found"})

    def _expect_comment(self, body: Any, more: set[str]) -> None:
        several = frozenset({"start_line", "start_side"})
        self.expect(body, {"path", "line", "side", "body", *more}, several)
        if "start_line" in body and not body["start_line"] < body["line"]:
            self.wrong.append(f"start_line must precede the line: {body}")


class GitLab(Repository):
    name = "42"

    def merge(self, branch: str, **more: Any) -> dict[str, Any]:
        number = len(self.pulls) + 1
        made = {
            "iid": number,
            "web_url": f"https://gitlab.example/ada/shop/-/merge_requests/{number}",
            "title": "",
            "description": None,
            "state": "opened",
            "source_branch": branch,
            "source_project_id": 42,
            "target_project_id": 42,
            **more,
        }
        self.pulls.append(made)
        return made

    def answer(self, method: str, path: str, query: dict[str, str], body: Any) -> Answer:
        below = path.removeprefix(f"/projects/{self.name}/")
        match method, *below.split("/"):
            case "GET", "merge_requests":
                wanted = query.get("source_branch")
                found = [
                    each
                    for each in self.pulls
                    if query["state"] in ("all", each["state"])
                    and wanted in (None, each["source_branch"])
                ]
                return page_of(found, query)
            case "POST", "merge_requests":
                keys = {"source_branch", "target_branch", "title", "description"}
                self.expect(body, keys, frozenset({"remove_source_branch"}))
                more = {key: body[key] for key in ("title", "description")}
                return Answer(201, self.merge(body["source_branch"], **more))
            case "PUT", "merge_requests", number:
                self.expect(body, {"title", "description"})
                self.pulls[int(number) - 1].update(body)
                return Answer(200, self.pulls[int(number) - 1])
            case "GET", "merge_requests", _:
                refs = {"base_sha": "b" * 40, "start_sha": "b" * 40, "head_sha": self.head}
                return Answer(200, {"sha": self.head, "diff_refs": refs})
            case "GET", "merge_requests", _, "diffs":
                return page_of(list(_files(self.diff)), query)
            case "GET", "merge_requests", _, "notes":
                return page_of([*self.page, *self.lines], query)
            case "POST", "merge_requests", _, "notes":
                self.expect(body, {"body"})
                self.page.append({"id": len(self.page) + 1, "type": None, **body})
                return Answer(201, self.page[-1])
            case "PUT", "merge_requests", _, "notes", number:
                self.page[int(number) - 1].update(body)
                return Answer(200, self.page[int(number) - 1])
            case "POST", "merge_requests", _, "discussions":
                self.expect(body, {"body", "position"})
                keys = {"base_sha", "start_sha", "head_sha", "position_type", "old_path"}
                self.expect(
                    body["position"], {*keys, "new_path", "new_line"}, frozenset({"old_line"})
                )
                if body["position"]["new_line"] in self.bad_lines:
                    return Answer(400, {"message": "400 Bad request - line_code can't be blank"})
                number = 1000 + len(self.lines)
                self.lines.append({"id": number, "type": "DiffNote", **body})
                return Answer(201, {"id": str(number)})
        self.wrong.append(f"unknown call {method} {path}")
        return Answer(404, {"message": "404 Not Found"})


def _files(diff: str) -> Iterator[dict[str, Any]]:
    for part in re.split(r"^(?=--- )", diff, flags=re.MULTILINE):
        if match := re.match(r"--- a/(.*)\n\+\+\+ b/(.*)\n", part):
            yield {
                "old_path": match[1],
                "new_path": match[2],
                "diff": part[match.end() :],
                "deleted_file": False,
            }


@contextmanager
def serving(repository: Repository) -> Iterator[str]:
    """The address of a server that answers for the repository while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _handle(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            place = urlsplit(self.path)
            query = {key: values[0] for key, values in parse_qs(place.query).items()}
            repository.calls.append(Call(self.command, place.path, body))
            token = self.headers.get("Authorization") or self.headers.get("PRIVATE-TOKEN")
            if token not in (f"Bearer {TOKEN}", TOKEN):
                repository.wrong.append(f"no token: {self.command} {place.path}")
            called = f"{self.command} {place.path}"
            faults = repository.faults
            fault = next((each for each in faults if re.search(each.call, called)), None)
            if fault:
                faults.remove(fault)
            if fault and fault.answer:
                self._send(fault.answer)
                return
            if fault is None or fault.done:
                answer = repository.answer(self.command, place.path, query, body)
            if fault:
                self.close_connection = True
                self.connection.close()
                return
            if "diff" in (self.headers.get("Accept") or ""):
                answer = Answer(200, repository.diff)
            self._send(answer)

        do_GET = do_POST = do_PATCH = do_PUT = _handle  # noqa: N815

        def _send(self, answer: Answer) -> None:
            text = answer.body if isinstance(answer.body, str) else json.dumps(answer.body)
            data = text.encode()
            self.send_response(answer.status)
            for name, value in {**answer.headers, "Content-Length": str(len(data))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        repository.url = f"http://127.0.0.1:{server.server_address[1]}"
        yield repository.url
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
