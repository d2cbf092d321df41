"""QuixBugs (Lin et al., SPLASH Companion 2017), its Python half.

Layout: `python_programs/NAME.py` is buggy, `correct_python_programs/NAME.py` fixed. Tests are
`json_testcases/NAME.json`, a line `[arguments, expected]` for each case, or
`python_testcases/test_NAME.py`, which chooses the version by `pytest.use_correct`. Cases become a
test file each; every other one is hidden.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from repair_eval.importers.cases import HARNESS, case_files, harness
from repair_eval.importers.draft import Draft, Item, NotImported, UnfitError
from repair_eval.importers.source import Source
from repairlsp.errors import UsageError

_BUGGY, _FIXED = "python_programs", "correct_python_programs"
_CASES, _TESTS = "json_testcases", "python_testcases"
_HELPERS = ("node.py", "load_testdata.py", "__init__.py")
_CONFTEST = b"""import pytest

pytest.use_correct = False
pytest.run_slow = True
"""


def read(source: Source) -> Iterator[Item]:
    """The programs in order of their names. Raises UsageError where this is not the layout."""
    programs = source.place / _BUGGY
    if not programs.is_dir():
        raise UsageError(f"{source.place} has no folder {_BUGGY}", "name the checkout of QuixBugs")
    for path in sorted(programs.glob("*.py")):
        if path.name in _HELPERS or path.stem.endswith("_test"):
            continue
        try:
            yield _draft(source.place, path.stem)
        except UnfitError as error:
            yield NotImported(path.stem, str(error))


def _draft(place: Path, name: str) -> Draft:
    fixed = place / _FIXED / f"{name}.py"
    if not fixed.is_file():
        raise UnfitError(f"has no {_FIXED}/{name}.py")
    cases, test = place / _CASES / f"{name}.json", place / _TESTS / f"test_{name}.py"
    helpers = {
        f"{_BUGGY}/{helper}": (place / _BUGGY / helper).read_bytes()
        for helper in _HELPERS
        if (place / _BUGGY / helper).is_file()
    }
    made = case_files(_bodies(cases, name), "case") if cases.is_file() else {}
    if made:
        tests = {**made, HARNESS: harness()}
    elif test.is_file():
        tests = {f"{_TESTS}/test_{name}.py": test.read_bytes(), "conftest.py": _CONFTEST}
        for helper in _HELPERS:
            if (place / _TESTS / helper).is_file():
                tests[f"{_TESTS}/{helper}"] = (place / _TESTS / helper).read_bytes()
    else:
        raise UnfitError(f"has neither {_CASES}/{name}.json nor {_TESTS}/test_{name}.py")
    return Draft(
        name=name,
        about=f"QuixBugs' program {name} has a bug on one line.",
        provenance=f"imported from QuixBugs: {name}",
        buggy={**helpers, f"{_BUGGY}/{name}.py": (place / _BUGGY / f"{name}.py").read_bytes()},
        fixed={f"{_BUGGY}/{name}.py": fixed.read_bytes()},
        visible=tests,
        parting="files" if made else "tests",
        movable=frozenset(made),
        case_seconds=5,
    )


def _bodies(path: Path, name: str) -> list[str]:
    """A test's lines for each case. Raises UnfitError for what is not the format."""
    bodies = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            arguments, expected = json.loads(line)
        except (ValueError, TypeError) as error:
            raise UnfitError(f"{path.name}:{number} is not [arguments, expected]") from error
        if not isinstance(arguments, list):
            arguments = [arguments]
        call = f"cases_harness.call('{_BUGGY}.{name}', {name!r}, {json.dumps(arguments)!r})"
        bodies.append(f"cases_harness.check({call}, {expected!r})")
    return bodies
