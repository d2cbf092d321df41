"""GitLab's REST API (https://docs.gitlab.com/api/rest/, version 4)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from typing import Final
from urllib.parse import quote

from repairlsp.ci.hosting.api import Api, Json, RejectedError
from repairlsp.ci.hosting.host import PullRequest, Remark
from repairlsp.ci.hosting.suggestions import Suggestion, block
from repairlsp.ci.hosting.texts import marker

URL: Final = "https://gitlab.com/api/v4"


class GitLab:
    """One project, by its id or its full path. See `Host` for the methods."""

    def __init__(
        self,
        repository: str,
        token: str,
        url: str = URL,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._token = token
        project = quote(repository, safe="")
        self._api = Api(f"{url}/projects/{project}", {"PRIVATE-TOKEN": token}, pause)

    def credentials(self) -> str:
        return f"oauth2:{self._token}"

    def pull_requests(self, branch: str) -> list[PullRequest]:
        found = self._api.pages("merge_requests", state="all", source_branch=branch)
        ours = [_merge_request(each) for each in found if _is_from_here(each)]
        return sorted(ours, key=lambda each: each.number, reverse=True)

    def open_pull_requests(self) -> Iterable[PullRequest]:
        for each in self._api.pages("merge_requests", state="opened"):
            if _is_from_here(each):
                yield _merge_request(each)

    def open(self, branch: str, target: str, title: str, body: str) -> PullRequest:
        made = {
            "source_branch": branch,
            "target_branch": target,
            "title": title,
            "description": body,
            "remove_source_branch": True,
        }
        return _merge_request(self._api.send("POST", "merge_requests", made).json())

    def update(self, number: int, title: str, body: str) -> None:
        changed = {"title": title, "description": body}
        self._api.send("PUT", f"merge_requests/{number}", changed)

    def diff(self, number: int) -> str:
        parts = [
            f"--- a/{each['old_path']}\n+++ b/{each['new_path']}\n{each['diff']}"
            for each in self._api.pages(f"merge_requests/{number}/diffs")
            if each["diff"] and not each["deleted_file"]
        ]
        return "".join(part if part.endswith("\n") else part + "\n" for part in parts)

    def head(self, number: int) -> str:
        return str(self._api.get(f"merge_requests/{number}")["sha"])

    def page_remarks(self, number: int) -> list[Remark]:
        return self._notes(number, on_lines=False)

    def line_remarks(self, number: int) -> list[Remark]:
        return self._notes(number, on_lines=True)

    def _notes(self, number: int, *, on_lines: bool) -> list[Remark]:
        found = self._api.pages(f"merge_requests/{number}/notes")
        return [
            Remark(each["id"], each["body"])
            for each in found
            if (each.get("type") == "DiffNote") == on_lines
        ]

    def remark(self, number: int, body: str) -> None:
        self._api.send("POST", f"merge_requests/{number}/notes", {"body": body})

    def change_remark(self, number: int, remark: int, body: str) -> None:
        self._api.send("PUT", f"merge_requests/{number}/notes/{remark}", {"body": body})

    def suggest(self, number: int, commit: str, all_of: Sequence[Suggestion]) -> list[Suggestion]:
        refs = self._api.get(f"merge_requests/{number}")["diff_refs"]
        refused = []
        for one in all_of:
            try:
                self._api.send("POST", f"merge_requests/{number}/discussions", _thread(one, refs))
            except RejectedError:
                refused.append(one)
        return refused


def _is_from_here(each: Json) -> bool:
    return bool(each["source_project_id"] == each["target_project_id"])


def _merge_request(each: Json) -> PullRequest:
    return PullRequest(
        number=each["iid"],
        url=each["web_url"],
        title=each["title"],
        body=each["description"] or "",
        is_open=each["state"] == "opened",
        is_merged=each["state"] == "merged",
        branch=each["source_branch"],
    )


def _thread(one: Suggestion, refs: Json) -> dict[str, Json]:
    """A thread on the last of the lines, whose suggestion reaches up to the first one.

    https://docs.gitlab.com/user/project/merge_requests/reviews/suggestions/
    """
    above = one.end - 1 - one.start
    position = {
        **{name: refs[name] for name in ("base_sha", "start_sha", "head_sha")},
        "position_type": "text",
        "old_path": one.path,
        "new_path": one.path,
        "new_line": one.end - 1,
    }
    if one.old_end is not None:  # a line that the merge request leaves as it was has two numbers
        position["old_line"] = one.old_end
    body = f"{block(one.lines, f'suggestion:-{above}+0')}\n\n{marker(one.key)}"
    return {"body": body, "position": position}
