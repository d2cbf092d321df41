"""Defects as folders: `LANGUAGE/SLUG/` with `defect.toml`, buggy, fixed, visible and hidden files.

`defects/README.md` documents the schema for authors; this module is the schema.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from repair_eval.suite.commit import Commit, read_commit, write_over
from repair_eval.suite.defect import Defect, Tests, TestSet, Version
from repair_eval.suite.errors import SuiteError
from repair_eval.suite.files import LEFT_BEHIND, read_files, write_files
from repair_eval.suite.languages import COMMANDS, RUNNERS, is_source
from repair_eval.suite.needs import Need, parse_need
from repair_eval.suite.table import Table, read_toml
from repair_eval.suite.vocabulary import (
    DIFFICULTIES,
    FAMILIES,
    LANGUAGES,
    SHAPES,
    TRAITS,
    Difficulty,
    Language,
    Shape,
)

SCHEMA_VERSION = 1
SECONDS = 120.0
CASE_SECONDS = 10.0
SUPPORT = "support"
"""The folder beside a language's defects whose files are laid out with every visible test set."""
_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_MAX_SLUG = 40
_PARTS = ("buggy", "fixed", "visible", "hidden")


@dataclass(frozen=True, slots=True)
class FolderContent:
    """The four parts of a defect's folder, and the language's support files: path -> bytes.

    `base` is the commit that the buggy version starts from, where it does not lie in `buggy/`.
    """

    buggy: Mapping[str, bytes]
    fixed: Mapping[str, bytes]
    visible: Mapping[str, bytes]
    hidden: Mapping[str, bytes]
    base: Commit | None = None

    def files(self, version: Version, tests: TestSet) -> Mapping[str, bytes]:
        """Buggy files, then fixed, visible and hidden ones over them: with no `base` the whole
        project."""
        files = dict(self.buggy)
        if version == "fixed":
            files |= self.fixed
        if tests != "none":
            files |= self.visible
        if tests == "all":
            files |= self.hidden
        return files

    def lay_out(self, folder: Path, version: Version, tests: TestSet) -> None:
        """Write them, over those of the commit where there is one."""
        files = self.files(version, tests)
        if self.base is not None:
            self.base.check_out(folder)
            write_over(folder, files)
        else:
            write_files(folder, files)

    def changed(self) -> Mapping[str, tuple[bytes, bytes]]:
        """Path -> (buggy, fixed)."""
        return {path: (self._buggy(path), fixed) for path, fixed in self.fixed.items()}

    def _buggy(self, path: str) -> bytes:
        if self.base is None or path in self.buggy:
            return self.buggy[path]
        data = self.base.read(path)
        if data is None:
            raise SuiteError(f"fixed/{path}: there is no such file in commit {self.base.id}")
        return data

    def test_files(self, tests: TestSet) -> Collection[str]:
        """The files of the test folders."""
        return {
            "none": frozenset[str](),
            "visible": self.visible.keys(),
            "all": self.visible.keys() | self.hidden.keys(),
        }[tests]


def find_folders(suite: Path) -> list[Path]:
    """The folders of all defects, in order of their ids. Raises SuiteError for stray entries."""
    problems = []
    found = []
    for language in sorted(_folders(suite)):
        if language.name not in LANGUAGES:
            known = ", ".join(LANGUAGES)
            problems.append(f"{language}: not a language of the schema; there are {known}")
            continue
        found += [folder for folder in sorted(_folders(language)) if folder.name != SUPPORT]
    if problems:
        raise SuiteError(*problems)
    return found


def load_folder(folder: Path) -> Defect:
    """The defect in `SUITE/LANGUAGE/SLUG`. Raises SuiteError with all that is wrong with it."""
    place = folder / "defect.toml"
    problems: list[str] = []
    root = Table(read_toml(place), str(place), problems)
    root.version(SCHEMA_VERSION)
    language = cast("Language", folder.parent.name)
    if language not in LANGUAGES:
        problems.append(f"{folder}: lies in {language}/, which is not a language of the schema")
        raise SuiteError(*problems)
    if not _SLUG.fullmatch(folder.name) or len(folder.name) > _MAX_SLUG:
        problems.append(f"{folder}: the name must be lower-case-words, at most {_MAX_SLUG} letters")
    base = read_commit(root.table("project"), folder.parents[1])
    testing = root.table("tests")
    # Whoever says which command runs all tests may keep them in one set of files.
    needed = [
        part
        for part in _PARTS
        if not (part == "buggy" and base) and not (part == "hidden" and "hidden_command" in testing)
    ]
    content = _content(folder, language, base, needed, problems)
    tests = _tests(testing, language, content)
    defect = Defect(
        id=f"{language}/{folder.name}",
        kind="folder",
        language=language,
        about=_sentence(root),
        family=root.choice("family", FAMILIES),
        difficulty=cast("Difficulty", root.choice("difficulty", DIFFICULTIES)),
        shape=cast("Shape", root.choice("shape", SHAPES)),
        traits=root.words("traits", TRAITS),
        provenance=root.text("provenance"),
        tests=tests,
        needs=_needs(root),
        place=place,
        content=content,
    )
    root.refuse_others()
    if problems:
        raise SuiteError(*problems)
    return defect


def _tests(table: Table, language: Language, content: FolderContent) -> Tests:
    runner = RUNNERS[language]
    command = table.texts("command", COMMANDS[runner])
    tests = Tests(
        runner=runner,
        command=command,
        hidden_command=table.texts("hidden_command", command),
        has_hidden=bool(content.hidden),
        seconds=table.seconds("seconds", SECONDS),
        case_seconds=table.seconds("case_seconds", CASE_SECONDS),
        none_pass_before=table.flag("none_pass_before"),
    )
    table.refuse_others()
    return tests


def _needs(root: Table) -> tuple[Need, ...]:
    needs = {text: parse_need(text) for text in root.texts("needs")}
    for text, need in needs.items():
        if need is None:
            root.note("needs", f"has {text!r}, not NAME, NAME>=VERSION or python-package:NAME")
    return tuple(need for need in needs.values() if need is not None)


def _sentence(root: Table) -> str:
    about = root.text("about")
    if about and not about.endswith("."):
        root.note("about", "must be a sentence, with its full stop")
    return about


def _content(
    folder: Path,
    language: Language,
    base: Commit | None,
    needed: Collection[str],
    problems: list[str],
) -> FolderContent:
    """The parts, with everything noted that does not fit together."""
    known = {*_PARTS, "defect.toml"}
    problems += [
        f"{entry}: not a part of a defect; there are {', '.join(_PARTS)}"
        for entry in sorted(folder.iterdir())
        if entry.name not in known and entry.name not in LEFT_BEHIND
    ]
    parts = {
        part: read_files(folder / part, problems, optional=part not in needed) for part in _PARTS
    }
    problems += [f"{folder / part}: has no files" for part in needed if not parts[part]]
    for path, data in parts["fixed"].items():
        place = folder / "fixed" / path
        if not is_source(path, language):
            problems.append(f"{place}: a fix changes {language} source, and nothing else")
        if path not in parts["buggy"]:
            if base is None:
                problems.append(f"{place}: there is no such file in buggy/")
        elif data == parts["buggy"][path]:
            problems.append(f"{place}: is the same as in buggy/; leave it out")
    for part, other in (("visible", "buggy"), ("hidden", "buggy"), ("hidden", "visible")):
        shared = sorted(parts[part].keys() & parts[other].keys())
        problems += [f"{folder / part / path}: hides a file of {other}/" for path in shared]
    support = read_files(folder.parent / SUPPORT, problems, optional=True)
    return FolderContent(
        buggy=parts["buggy"],
        fixed={
            path: data for path, data in parts["fixed"].items() if base or path in parts["buggy"]
        },
        visible={**support, **parts["visible"]},
        hidden=parts["hidden"],
        base=base,
    )


def _folders(place: Path) -> list[Path]:
    return [entry for entry in place.iterdir() if entry.is_dir() and entry.name[0] not in "._"]
