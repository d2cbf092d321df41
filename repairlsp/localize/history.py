"""Evidence from git: what was changed lately, most of all what is not committed yet.

A test that fails now and lines that were edited now belong together more often than not; whoever
runs the tests has just been working there. Older lines hold most bugs of a repository, so commits
weigh little, and nothing but the last few is asked about.

git is asked by four short commands, about 5 ms each, whatever the number of files; the `git`
package of GitPython starts the same commands and takes 90 ms to import.
"""

from __future__ import annotations

import logging
import os
import re
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from difflib import SequenceMatcher
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from repairlsp.errors import PatchError
from repairlsp.localize.evidence import Evidence
from repairlsp.localize.outline import Outlines
from repairlsp.localize.weights import Weights
from repairlsp.source import SourceText

_log = logging.getLogger(__name__)

SECONDS = 0.15
"""For all of git's answers together. What is not known by then is left out."""
_COMMITS = 5
"""How many commits count as recent, along the first parents: a merged branch is one change."""
_GIT = (
    "git",
    # The project may be a stranger's: its configuration must not start a program, and a checkout
    # that someone else owns is still only read. A partial clone must not fetch what it lacks.
    *("-c", "core.fsmonitor=false", "-c", "safe.directory=*", "-c", "protocol.allow=never"),
    *("-c", "core.quotePath=false", "-c", "diff.renames=false"),
)
_LARGEST = 4_000_000
"""Lines times lines of the differing middle of two texts beyond which no diff is made: 1 s."""
_HUNK = re.compile(r"@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@")


class Changed(NamedTuple):
    """Lines of one file as it is now: changed since the last commit, by it, by those before it."""

    uncommitted: frozenset[int] = frozenset()
    last: frozenset[int] = frozenset()
    recent: frozenset[int] = frozenset()


Changes = Mapping[str, Changed]
NO_CHANGES: Changes = MappingProxyType({})


def changed_lines(
    project: Path, sources: Mapping[str, SourceText], *, seconds: float = SECONDS
) -> Changes:
    """What git knows about the files of `sources`, whose texts are those that the tests ran.

    Empty where there is no git, no repository or no answer within `seconds`; files that git does
    not track have no changes. The oldest commit of a repository, or of a shallow clone, is where
    everything in it comes from, and says nothing.
    """
    git = _Git(project, time.monotonic() + seconds)
    paths = [path for path in sources if "\n" not in path]
    committed: Mapping[str, Sequence[str]] = {}
    last: Mapping[str, set[int]] = {}
    recent: Mapping[str, set[int]] = {}
    try:  # what says most comes first, and stays when there is no time for the rest
        committed = git.committed(paths)
        commits = git("rev-list", "--first-parent", f"-n{_COMMITS + 1}", "HEAD").decode().split()
        last = git.changed(commits[1], paths) if len(commits) > 1 else last
        recent = git.changed(commits[-1], paths) if len(commits) > 2 else recent
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        _log.info("the history of %s is not all known: %s", project, error)
    found = {}
    for path, old in committed.items():
        now = _places(old, sources[path].lines)
        of_last, of_recent = (
            frozenset(filter(None, (now.lines.get(line) for line in since.get(path, ()))))
            for since in (last, recent)
        )
        found[path] = Changed(now.changed, of_last, of_recent - of_last)
    return {path: changed for path, changed in found.items() if any(changed)}


def history_evidence(
    changes: Changes, found: Iterable[Evidence], outlines: Outlines, weights: Weights
) -> Iterator[Evidence]:
    """Evidence against changed lines that something else accuses already, and, as strong as their
    file's most suspicious line, against changed lines that ran at import: no test's coverage can
    show a constant, a default or a decorator."""
    accused: dict[str, dict[int, float]] = {}
    for piece in found:
        lines = accused.setdefault(piece.path, {})
        lines[piece.line] = max(piece.strength, lines.get(piece.line, 0.0))
    for path, changed in changes.items():
        lines, outline = accused.get(path, {}), outlines.get(path)
        for numbers, strength, reason in (
            (changed.uncommitted, weights.uncommitted, "changed since the last commit"),
            (changed.last, weights.last_commit, "changed by the last commit"),
            (changed.recent, weights.recent_commit, f"changed by the last {_COMMITS} commits"),
        ):
            for line in numbers if lines else ():
                if line in lines:
                    yield Evidence(path, line, "history", strength, reason)
                elif outline is not None and line in outline.statements_at_import:
                    share = strength * max(lines.values())
                    yield Evidence(path, line, "history", share, reason)


class _Git:
    """git in a project's folder, until a moment of the monotonic clock."""

    def __init__(self, project: Path, until: float) -> None:
        self._project = project
        self._until = until
        # GIT_DIR and its like, set inside a git hook, would point at another repository.
        self._environment = {
            **{name: text for name, text in os.environ.items() if not name.startswith("GIT_")},
            "GIT_OPTIONAL_LOCKS": "0",
            "GIT_NO_LAZY_FETCH": "1",
        }

    def __call__(self, *words: str, told: bytes = b"") -> bytes:
        """What a command prints. Raises OSError, SubprocessError."""
        remaining = self._until - time.monotonic()
        if remaining <= 0:
            raise subprocess.TimeoutExpired(words, 0)
        return subprocess.run(
            [*_GIT, *words],
            cwd=self._project,
            env=self._environment,
            input=told,
            capture_output=True,
            timeout=remaining,
            check=True,
        ).stdout

    def committed(self, paths: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """The lines that the last commit has of each file that it has."""
        told = "".join(f"HEAD:./{path}\n" for path in paths).encode()
        answer, at, found = self("cat-file", "--batch", told=told), 0, {}
        for path in paths:
            end = answer.index(b"\n", at)
            words = answer[at:end].split()
            at = end + 1
            if words[-1] == b"missing" or words[-2] != b"blob":
                continue
            size = int(words[-1])
            with suppress(PatchError):  # it was no text then
                found[path] = SourceText.from_bytes(answer[at : at + size]).lines
            at += size + 1
        return found

    def changed(self, since: str, paths: Sequence[str]) -> dict[str, set[int]]:
        """The last commit's lines that were changed since another one."""
        options = ["--unified=0", "--no-prefix", "--no-ext-diff", "--no-textconv", "--relative"]
        answer = self("diff", *options, since, "HEAD", "--", *(f":(literal){p}" for p in paths))
        found: dict[str, set[int]] = {}
        lines: set[int] = set()
        for text in answer.decode(errors="replace").splitlines():
            if text.startswith("+++ "):
                lines = found.setdefault(text[4:].rstrip("\t"), set())
            elif match := _HUNK.match(text):
                start, count = int(match[1]), int(match[2] or 1)
                lines.update(_marks(start if count else start + 1, count))
        return found


class _Places(NamedTuple):
    """Where the lines of an old text are now, and the new text's lines that are not from it."""

    lines: Mapping[int, int]
    changed: frozenset[int]


def _places(old: Sequence[str], new: Sequence[str]) -> _Places:
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    tail = 0
    while tail < min(len(old), len(new)) - same and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    lines = {number: number for number in range(1, same + 1)}
    lines |= {len(old) - number: len(new) - number for number in range(tail)}
    changed: set[int] = set()
    middle = old[same : len(old) - tail], new[same : len(new) - tail]
    if len(middle[0]) * len(middle[1]) > _LARGEST:
        changed.update(range(same + 1, len(new) - tail + 1))
        return _Places(lines, frozenset(changed))
    matcher = SequenceMatcher(None, *middle, autojunk=False)
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            for number in range(old_end - old_start):
                lines[same + old_start + number + 1] = same + new_start + number + 1
        else:
            changed.update(_marks(same + new_start + 1, new_end - new_start))
    return _Places(lines, frozenset(line for line in changed if 1 <= line <= len(new)))


def _marks(start: int, count: int) -> range:
    """The lines of a change; around lines that are gone, those on both sides of the gap."""
    return range(start, start + count) if count else range(max(start - 1, 1), start + 1)
