"""What a patch may touch: ordinary source of the project itself, and not much of it at once.

`git apply` would take a new symbolic link or a conftest.py. Here is decided what we never propose.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from repairlsp.errors import PatchError
from repairlsp.patches.files import opened_folder, plain_parts, read_regular
from repairlsp.patches.foreign import why_no_source
from repairlsp.patches.ignored import is_ignored
from repairlsp.patches.testpaths import is_test_path
from repairlsp.types import Edit

MAX_FILES = 4
MAX_LINES = 100
"""Lines taken away plus lines put in. Larger changes are not small bug fixes."""
MAX_LINE_LENGTH = 2_000
"""Characters of a new line."""
MAX_FILE_BYTES = 5_000_000

_CONFIGURATION = frozenset(
    {"setup.py", "noxfile.py", "sitecustomize.py", "usercustomize.py", "versioneer.py"}
    | {"_version.py", "hatch_build.py", "pdm_build.py", "fabfile.py", "dodo.py"}
)
_SPHINX = re.compile(r"docs?/(source/)?conf\.py")
_LOCKS = re.compile(r".*\.lock|.*-lock\.(json|yaml)|.*\.lockb?|requirements.*\.txt|pylock\..*toml")
_VENDORED = frozenset({"_vendor", "_vendored", "third_party", "site-packages", "node_modules"})
_INSTALLED = frozenset(
    {".venv", "venv", ".tox", ".nox", ".eggs", "__pypackages__", "dist-packages"}
)
_AUTOMATION = frozenset(
    {".github", ".gitlab", ".circleci", ".buildkite", ".ci", ".azure", ".azure-pipelines"}
    | {".forgejo", ".gitea", ".woodpecker", ".drone", ".devcontainer", ".husky", ".githooks"}
)
_GENERATED_NAME = re.compile(r".*_pb2(_grpc)?\.py")
_GENERATED = rb".*(@generated\b|\bdo not (edit|modify)\b|\b(auto-?|automatically )generated\b)"
_GENERATED_MARK = re.compile(rb"^#" + _GENERATED, re.IGNORECASE | re.MULTILINE)
# In Python such a line may be prose.
_FOREIGN_MARK = re.compile(rb"^\s*(//|/?\*|#)" + _GENERATED, re.IGNORECASE | re.MULTILINE)
_HEADER_BYTES = 1_000
"""Where a mark of generated code is looked for, in comments."""
# What a terminal acts on instead of showing it could hide a line of a patch from its reader.
_CONTROLS = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
# Reordering characters make a diff read otherwise than it runs (CVE-2021-42574).
_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def check(edits: Sequence[Edit], project: Path, tests: Collection[str] = ()) -> PatchError | None:
    """Why the edits are not allowed, or None. See `Policy`, which remembers its answers."""
    return Policy(project, tests).check(edits)


class Policy:
    """The patch policy for one project. Answers about a file are computed once.

    `tests` are files known to hold tests (those of the test run), besides what `is_test_path`
    takes for one. `unsaved` are the texts of files that need not be on disk yet (an editor's
    buffers). `foreign` allows source of other languages than Python, for suggestions: those
    are never applied but by a person who has looked at them.
    """

    def __init__(
        self,
        project: Path,
        tests: Collection[str] = (),
        *,
        unsaved: Mapping[str, str] = MappingProxyType({}),
        foreign: bool = False,
    ) -> None:
        self._project = project
        self._unsaved = unsaved
        self._foreign = foreign
        self._tests = frozenset(tests)
        self._known: dict[str, PatchError | None] = {}

    def check(self, edits: Sequence[Edit]) -> PatchError | None:
        """Why the edits are not allowed, or None when they are."""
        refusal = _too_much(edits)
        for path in dict.fromkeys(edit.path for edit in edits):
            refusal = refusal or self.check_path(path)
        return refusal

    def check_path(self, path: str) -> PatchError | None:
        """Why no patch may touch the file, or None when one may."""
        if path not in self._known:
            try:
                self._check_path(path)
                self._known[path] = None
            except PatchError as error:
                self._known[path] = error
        return self._known[path]

    def _check_path(self, path: str) -> None:
        parts = plain_parts(path)
        reason = _protected(path, parts) or self._not_source(parts[-1])
        if path in self._tests or is_test_path(path):
            reason = "is a test: a patch must make tests pass, not change them"
        if reason:
            raise PatchError(f"{path} {reason}")
        if repository := _inner_repository(self._project, parts):
            raise PatchError(f"{path} belongs to another repository, {repository}")
        data = self._read(path)
        if len(data) > MAX_FILE_BYTES:
            raise PatchError(f"{path} is larger than {MAX_FILE_BYTES // 1_000_000} MB")
        mark = _GENERATED_MARK if path.endswith(".py") else _FOREIGN_MARK
        if mark.search(data[:_HEADER_BYTES]):
            raise PatchError(f"{path} says that it is generated", "fix what generates it")
        if is_ignored(self._project, path):
            raise PatchError(f"{path} is ignored by git", "a patch of it could not be committed")

    def _read(self, path: str) -> bytes:
        with opened_folder(self._project, path) as place:
            present = os.listdir(place.folder)  # noqa: PTH208 - of an open folder
            if path in self._unsaved and place.name not in present:
                return self._unsaved[path].encode("utf-8", "replace")
            return read_regular(place, path)[0]

    def _not_source(self, name: str) -> str:
        if name.endswith(".py"):
            return ""
        return why_no_source(name) if self._foreign else "is not a Python source file"


def _inner_repository(project: Path, parts: Sequence[str]) -> str:
    """The folder around the file that is a repository of its own (a submodule, say), or ""."""
    for count in range(1, len(parts)):
        inner = "/".join(parts[:count])
        if os.path.lexists(project / inner / ".git"):
            return inner
    return ""


def _protected(path: str, parts: Sequence[str]) -> str:
    *folders, name = parts
    if not _AUTOMATION.isdisjoint(folders) or name.startswith(".gitlab-ci"):
        return "is part of the continuous integration"
    if _LOCKS.fullmatch(name):
        return "is a lock file"
    if not _VENDORED.isdisjoint(folders) or folders[:1] == ["vendor"]:
        return "is vendored: it belongs to another project"
    if not _INSTALLED.isdisjoint(folders):
        return "is installed or built, not the project's source"
    if name in _CONFIGURATION or _SPHINX.fullmatch(path):
        return "is configuration"
    if _GENERATED_NAME.fullmatch(name):
        return "is generated"
    return ""


def _too_much(edits: Sequence[Edit]) -> PatchError | None:
    if not edits:
        return PatchError("the patch is empty")
    lines = [line for edit in edits for line in edit.lines]
    if len({edit.path for edit in edits}) > MAX_FILES:
        return PatchError(f"the patch touches more than {MAX_FILES} files")
    if len(lines) + sum(edit.span.end - edit.span.start for edit in edits) > MAX_LINES:
        return PatchError(f"the patch changes more than {MAX_LINES} lines")
    return _bad_line(lines)


def _bad_line(lines: Iterable[str]) -> PatchError | None:
    for line in lines:
        if len(line) > MAX_LINE_LENGTH:
            return PatchError(f"a new line is longer than {MAX_LINE_LENGTH} characters")
        if "\n" in line or "\r" in line:
            return PatchError("a new line holds a line end")
        if _CONTROLS.search(line):
            return PatchError("a new line holds a control character")
        if _REORDERING.search(line):
            return PatchError("a new line holds characters that reorder the text around them")
    return None
