"""What the CI system that runs us says about its job: the branch, the commit to compare with, the
pull request, where the API is."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

Host = Literal["github", "gitlab"]
_NO_COMMIT: Final = "0" * 40


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Each field is None where the system does not say.

    `branch` is the one that the fixes are for. `base` is what to compare with: what the branch was
    before the push, or the tip of the branch that a pull request is to be merged into. `request`
    is the number of the pull (or merge) request. `from_fork`: its commits are in a repository
    whose owner need not be ours. `repository` is `owner/name`, or a GitLab project's id.
    """

    branch: str | None = None
    base: str | None = None
    request: int | None = None
    from_fork: bool = False
    host: Host | None = None
    api: str | None = None
    repository: str | None = None


def surroundings(environ: Mapping[str, str] = os.environ) -> Surroundings:
    """What GitHub Actions, GitLab CI/CD or Jenkins says; nothing anywhere else."""
    if environ.get("GITHUB_ACTIONS") == "true":
        return _github(environ)
    if environ.get("GITLAB_CI") == "true":
        return _gitlab(environ)
    if "JENKINS_URL" in environ:
        return _jenkins(environ)
    return Surroundings()


def _github(environ: Mapping[str, str]) -> Surroundings:
    """https://docs.github.com/actions/reference/workflows-and-actions/variables"""
    event = _event(environ.get("GITHUB_EVENT_PATH"))
    pull = event.get("pull_request")
    branch = environ.get("GITHUB_REF_NAME") if environ.get("GITHUB_REF_TYPE") == "branch" else None
    base, number, from_fork = event.get("before"), None, False
    if isinstance(pull, dict):
        branch, base, number = pull["head"]["ref"], pull["base"]["sha"], pull["number"]
        from_fork = (pull["head"]["repo"] or {}).get("full_name") != pull["base"]["repo"][
            "full_name"
        ]
    return Surroundings(
        branch=branch,
        base=_commit(base),
        request=number,
        from_fork=from_fork,
        host="github",
        api=environ.get("GITHUB_API_URL"),
        repository=environ.get("GITHUB_REPOSITORY"),
    )


def _gitlab(environ: Mapping[str, str]) -> Surroundings:
    """https://docs.gitlab.com/ci/variables/predefined_variables/"""
    number = environ.get("CI_MERGE_REQUEST_IID")
    source = environ.get("CI_MERGE_REQUEST_SOURCE_PROJECT_ID")
    return Surroundings(
        branch=environ.get("CI_MERGE_REQUEST_SOURCE_BRANCH_NAME")
        or environ.get("CI_COMMIT_BRANCH"),
        base=_commit(
            environ.get("CI_MERGE_REQUEST_DIFF_BASE_SHA") or environ.get("CI_COMMIT_BEFORE_SHA")
        ),
        request=int(number) if number else None,
        from_fork=source is not None and source != environ.get("CI_PROJECT_ID"),
        host="gitlab",
        api=environ.get("CI_API_V4_URL"),
        repository=environ.get("CI_PROJECT_ID"),
    )


def _jenkins(environ: Mapping[str, str]) -> Surroundings:
    """https://www.jenkins.io/doc/book/pipeline/jenkinsfile/#using-environment-variables, and the
    git plugin's GIT_PREVIOUS_SUCCESSFUL_COMMIT"""
    number = environ.get("CHANGE_ID", "")
    target = environ.get("CHANGE_TARGET")
    return Surroundings(
        branch=environ.get("CHANGE_BRANCH") or environ.get("BRANCH_NAME"),
        base=f"origin/{target}" if target else environ.get("GIT_PREVIOUS_SUCCESSFUL_COMMIT"),
        request=int(number) if number.isdecimal() else None,
        from_fork="CHANGE_FORK" in environ,
    )


def _event(path: str | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        event = json.loads(Path(path).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return event if isinstance(event, dict) else {}


def _commit(text: object) -> str | None:
    """A commit's hash; a new branch's "before" is all zeros."""
    return text if isinstance(text, str) and text and text != _NO_COMMIT else None
