"""GitHub's REST API (https://docs.github.com/rest, version 2022-11-28)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from repairlsp.ci.hosting.api import Api, Json, RejectedError
from repairlsp.ci.hosting.host import PullRequest, Remark
from repairlsp.ci.hosting.suggestions import Suggestion, block
from repairlsp.ci.hosting.texts import marker

URL: Final = "https://api.github.com"


class GitHub:
    """One repository, `owner/name`. See `Host` for the methods."""

    def __init__(
        self,
        repository: str,
        token: str,
        url: str = URL,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._token = token
        self._owner = repository.partition("/")[0]
        self._repository = repository
        headers = {
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {token}",
            "X-GitHub-Api-Version": "2022-11-28",
        }
        self._api = Api(f"{url}/repos/{repository}", headers, pause)

    def credentials(self) -> str:
        return f"x-access-token:{self._token}"

    def pull_requests(self, branch: str) -> list[PullRequest]:
        found = self._api.pages("pulls", state="all", head=f"{self._owner}:{branch}")
        ours = [_pull_request(each) for each in found if each["head"]["ref"] == branch]
        return sorted(ours, key=lambda each: each.number, reverse=True)

    def open_pull_requests(self) -> Iterable[PullRequest]:
        for each in self._api.pages("pulls", state="open"):
            if (each["head"]["repo"] or {}).get("full_name") == self._repository:
                yield _pull_request(each)

    def open(self, branch: str, target: str, title: str, body: str) -> PullRequest:
        made = {"title": title, "body": body, "head": branch, "base": target}
        return _pull_request(self._api.send("POST", "pulls", made).json())

    def update(self, number: int, title: str, body: str) -> None:
        self._api.send("PATCH", f"pulls/{number}", {"title": title, "body": body})

    def diff(self, number: int) -> str:
        return self._api.text(f"pulls/{number}", "application/vnd.github.diff")

    def head(self, number: int) -> str:
        return str(self._api.get(f"pulls/{number}")["head"]["sha"])

    def page_remarks(self, number: int) -> list[Remark]:
        found = self._api.pages(f"issues/{number}/comments")
        return [Remark(each["id"], each["body"] or "") for each in found]

    def line_remarks(self, number: int) -> list[Remark]:
        found = self._api.pages(f"pulls/{number}/comments")
        return [Remark(each["id"], each["body"] or "") for each in found]

    def remark(self, number: int, body: str) -> None:
        self._api.send("POST", f"issues/{number}/comments", {"body": body})

    def change_remark(self, number: int, remark: int, body: str) -> None:
        self._api.send("PATCH", f"issues/comments/{remark}", {"body": body})

    def suggest(self, number: int, commit: str, all_of: Sequence[Suggestion]) -> list[Suggestion]:
        """In one review, so that its readers get one message. One bad anchor makes GitHub refuse
        the whole review: then each is posted alone."""
        review = {
            "commit_id": commit,
            "event": "COMMENT",
            "comments": [_comment(each) for each in all_of],
        }
        try:
            self._api.send("POST", f"pulls/{number}/reviews", review)
            return []
        except RejectedError:
            return [each for each in all_of if not self._suggested(number, commit, each)]

    def _suggested(self, number: int, commit: str, one: Suggestion) -> bool:
        try:
            comment = {**_comment(one), "commit_id": commit}
            self._api.send("POST", f"pulls/{number}/comments", comment)
        except RejectedError:
            return False
        return True


def _pull_request(each: Json) -> PullRequest:
    return PullRequest(
        number=each["number"],
        url=each["html_url"],
        title=each["title"],
        body=each["body"] or "",
        is_open=each["state"] == "open",
        is_merged=each.get("merged_at") is not None,
        branch=each["head"]["ref"],
    )


def _comment(one: Suggestion) -> dict[str, Json]:
    last = one.end - 1
    several = {"start_line": one.start, "start_side": "RIGHT"} if last > one.start else {}
    body = f"{block(one.lines)}\n\n{marker(one.key)}"
    return {"path": one.path, "line": last, "side": "RIGHT", **several, "body": body}
