"""What git ignores."""

from __future__ import annotations

import logging
import os
import subprocess
from pathlib import Path

_log = logging.getLogger(__name__)

# The project may be a stranger's: its configuration must not start a program (fsmonitor), and a
# checkout that someone else owns, usual in CI containers, is still only read.
_GIT = ("git", "-c", "core.fsmonitor=false", "-c", "safe.directory=*")
_SECONDS = 10.0


def is_ignored(project: Path, path: str) -> bool:
    """Whether git ignores the path; a tracked file never is.

    False too where there is no git or no repository to ask.
    """
    # GIT_DIR and its like, set inside a git hook, would point at another repository.
    environment = {name: text for name, text in os.environ.items() if not name.startswith("GIT_")}
    try:
        answer = subprocess.run(
            # "./": a name that starts with ":" is no pathspec magic.
            [*_GIT, "check-ignore", "--quiet", "--", f"./{path}"],
            cwd=project,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        _log.info("git could not be asked whether %s is ignored: %s", path, error)
        return False
    if answer.returncode not in (0, 1):
        _log.info("git check-ignore: %s", answer.stderr.decode(errors="replace").strip())
    return answer.returncode == 0
