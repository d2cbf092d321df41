"""BugsInPy (Widyasari et al., ESEC/FSE 2020): bugs of projects whose clones the user has.

Layout: `projects/NAME/project.info` (`github_url`), `projects/NAME/bugs/N/bug.info`
(`buggy_commit_id`, `fixed_commit_id`, `test_file`, `python_version`) and `bug_patch.txt`. The test
files are those of the fixed commit; which of their tests tell is found out by running them in the
project's own interpreter, and every other one is visible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from repair_eval.importers.changes import apply, modules, parts, resolve
from repair_eval.importers.draft import Base, Draft, Item, NotImported, UnfitError
from repair_eval.importers.source import Source
from repairlsp.errors import UsageError

_SETTING = re.compile(r"""^\s*(?P<key>\w+)\s*=\s*["']?(?P<value>.*?)["']?\s*$""", re.MULTILINE)


def read(source: Source) -> Iterator[Item]:
    """The bugs by project and number. Raises UsageError where this is not the layout."""
    projects = source.place / "projects"
    if not projects.is_dir():
        raise UsageError(f"{source.place} has no folder projects", "name the checkout of BugsInPy")
    for project in sorted(path for path in projects.iterdir() if path.is_dir()):
        bugs = [path for path in (project / "bugs").glob("*") if path.is_dir()]
        for bug in sorted(bugs, key=lambda path: (len(path.name), path.name)):
            name = f"{project.name}-{bug.name}"
            try:
                yield _draft(source, name, project.name, bug)
            except UnfitError as error:
                yield NotImported(name, str(error))


def _draft(source: Source, name: str, project: str, bug: Path) -> Draft:
    info = _info(bug / "bug.info")
    interpreter = source.interpreter(project)
    if interpreter is None:
        wanted = info.get("python_version", "any version")
        raise UnfitError(
            f"no interpreter for {project}: name one ({wanted}) with --python {project}=PATH"
        )
    repository = source.repository(project)
    buggy = resolve(repository, _value(info, "buggy_commit_id"))
    fixed = resolve(repository, _value(info, "fixed_commit_id"))
    patch = bug / "bug_patch.txt"
    if not patch.is_file():
        raise UnfitError("has no bug_patch.txt")
    # Like git, with no change to line ends.
    found = parts(apply(buggy, patch.read_bytes().decode("utf-8", "surrogateescape")))
    tests = dict(found.tests)
    for path in re.split(r"[;\s]+", _value(info, "test_file")):
        data = fixed.read(path) if path else None
        if data is not None:
            tests[path] = data
    arguments = modules(tests)
    if not arguments:
        raise UnfitError("none of its test_file is in the fixed commit")
    return Draft(
        name=name,
        about=f"A bug of {project}, fixed in {fixed.id[:12]}.",
        provenance=f"imported from BugsInPy: {project}, bug {bug.name}",
        traits=("project",),
        base=Base(repository, project, buggy.id),
        fixed=found.source,
        visible=tests,
        parting="tests",
        interpreter=interpreter,
        arguments=arguments,
        seconds=600,
        case_seconds=60,
    )


def _info(path: Path) -> Mapping[str, str]:
    if not path.is_file():
        raise UnfitError(f"has no {path.name}")
    text = path.read_text("utf-8", "replace")
    return {found["key"]: found["value"] for found in _SETTING.finditer(text)}


def _value(info: Mapping[str, str], key: str) -> str:
    value = info.get(key, "")
    if not value:
        raise UnfitError(f"its bug.info has no {key}")
    return value
