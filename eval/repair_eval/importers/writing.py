"""Write a draft as a defect's folder, in the schema of `defects/README.md`."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Collection, Sequence
from pathlib import Path

from repair_eval.importers.draft import Draft
from repair_eval.suite.files import write_files
from repair_eval.suite.folder import SCHEMA_VERSION
from repair_eval.suite.vocabulary import Difficulty, Shape

_MAX_SLUG = 40
_DIFFICULTIES: dict[Shape, Difficulty] = {
    "one-line": "easy",
    "multi-line": "medium",
    "multi-hunk": "medium",
    "multi-function": "hard",
    "multi-file": "hard",
}
"""Nobody has judged an imported defect; the size of its fix has to do."""


def slug(name: str, taken: Collection[str] = ()) -> str:
    """The folder's name of a defect: lower-case words; with a hash where that is too long or taken.

    >>> slug("Python/12"), slug("7 up")
    ('python-12', 'd-7-up')
    """
    words = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "defect"
    if not words[0].isalpha():
        words = f"d-{words}"
    if len(words) <= _MAX_SLUG and words not in taken:
        return words
    mark = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{words[: _MAX_SLUG - 9].rstrip('-')}-{mark}"


def command(draft: Draft, arguments: Sequence[str]) -> list[str]:
    """The words of pytest with the draft's interpreter, and the plugins installed for that one."""
    if draft.interpreter is None:
        return ["pytest", "-q", *arguments]
    python = str(draft.interpreter)
    return ["PYTEST_DISABLE_PLUGIN_AUTOLOAD=", python, "-m", "pytest", "-q", *arguments]


def write_draft(draft: Draft, folder: Path, shape: Shape) -> None:
    """Write the draft into `folder`, in place of what is there."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    parts = {
        "buggy": draft.buggy,
        "fixed": draft.fixed,
        "visible": draft.visible,
        "hidden": draft.hidden,
    }
    for part, files in parts.items():
        if files:
            write_files(folder / part, files)
    (folder / "defect.toml").write_text(_toml(draft, shape), "utf-8")


def _toml(draft: Draft, shape: Shape) -> str:
    tables: dict[str, dict[str, object]] = {
        "": {
            "schema_version": SCHEMA_VERSION,
            "about": _line(draft.about),
            "family": draft.family,
            "difficulty": _DIFFICULTIES[shape],
            "shape": shape,
            "traits": list(draft.traits),
            "provenance": _line(draft.provenance),
        },
        "project": {},
        "tests": {
            "command": command(draft, draft.arguments),
            "seconds": draft.seconds,
            "case_seconds": draft.case_seconds,
            "none_pass_before": draft.none_pass_before,
        },
    }
    if draft.base is not None:
        tables["project"] = {"repository": draft.base.name, "commit": draft.base.commit}
    if not draft.hidden:
        arguments = draft.arguments if draft.hidden_arguments is None else draft.hidden_arguments
        tables["tests"]["hidden_command"] = command(draft, arguments)
    lines = []
    for name, values in tables.items():
        if name and values:
            lines += ["", f"[{name}]"]
        # Of the values that occur here, JSON's spelling is TOML's, but for the character DEL and
        # for pairs of surrogates, which TOML does not put together again.
        lines += [f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in values.items()]
    return "\n".join(lines).replace("\x7f", "\\u007f") + "\n"


def _line(text: str) -> str:
    """A text on one line. Lone surrogates, which TOML refuses, are told as question marks."""
    return " ".join(text.encode("utf-8", "replace").decode().split())
