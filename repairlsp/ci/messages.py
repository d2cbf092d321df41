"""What the bot writes into git: a commit's message, and the name of its branch."""

from __future__ import annotations

import re
from typing import Final

from repairlsp.ci.types import Culprit
from repairlsp.formats.explanation import subject
from repairlsp.formats.patch import message
from repairlsp.formats.words import printable
from repairlsp.types import Patch, RepairRequest, RepairResult

PREFIX: Final = "repairlsp/"
"""What the names of the bot's branches begin with."""


def commit_message(
    patch: Patch, result: RepairResult, request: RepairRequest, culprit: Culprit | None
) -> str:
    """Subject, explanation and proof, as the `patch` format has them; and since when it failed."""
    since = f"\nBroken-by: {culprit.commit} ({printable(culprit.subject)})\n" if culprit else ""
    return f"{subject(patch, result, request)}\n\n{message(patch, result, request)}{since}"


def branch_name(branch: str | None, commit: str) -> str:
    """The bot's branch for fixes of a branch, or of a commit that is on none: one for each, so that
    a later run finds the earlier one's."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", branch or commit[:12]).strip("-.")
    plain = re.sub(r"\.\.+", ".", plain).removesuffix(".lock")
    return f"{PREFIX}fix-{plain or commit[:12]}"
