"""The host that a job belongs to, and the token for it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final

from repairlsp.ci.hosting.github import URL as GITHUB_URL
from repairlsp.ci.hosting.github import GitHub
from repairlsp.ci.hosting.gitlab import URL as GITLAB_URL
from repairlsp.ci.hosting.gitlab import GitLab
from repairlsp.ci.hosting.host import Host
from repairlsp.ci.surroundings import Surroundings
from repairlsp.errors import UsageError

_TOKENS: Final[dict[str, tuple[str, ...]]] = {
    "github": ("REPAIRLSP_TOKEN", "GH_TOKEN", "GITHUB_TOKEN"),
    "gitlab": ("REPAIRLSP_TOKEN", "GITLAB_TOKEN"),
}


def token_names(around: Surroundings) -> tuple[str, ...]:
    """The variables that a token for the host may be in, the first word first."""
    return _TOKENS[around.host] if around.host else ()


def connect(around: Surroundings, environ: Mapping[str, str] = os.environ) -> Host:
    """The host that the CI system, or the options in its place, name.

    The token comes from the environment alone: a command line is there for all to read. Raises
    UsageError where something is missing.
    """
    if around.host is None or around.repository is None:
        raise UsageError(
            "it is not known which repository on which host this is",
            "outside of GitHub Actions and GitLab CI/CD, say it with --host and --repository",
        )
    names = token_names(around)
    token = next((environ[name] for name in names if environ.get(name)), None)
    if token is None:
        raise UsageError(
            "there is no token to open a pull request with",
            f"set one of {', '.join(names)}, with leave to write contents and pull requests",
        )
    if around.host == "github":
        return GitHub(around.repository, token, around.api or GITHUB_URL)
    return GitLab(around.repository, token, around.api or GITLAB_URL)
