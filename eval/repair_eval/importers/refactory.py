"""Refactory (Hu et al., ASE 2019): students' programs and an instructor's reference.

Layout: `question_N/ans/input_X.txt` and `output_X.txt` (an expression, and what it gives),
`question_N/code/wrong/*.py`, `code/reference/reference.py` and `code/global.py`, which comes first
in every program. No student's own fix is known: the reference stands for it, so that sizes of
edits and exact matches say little here. Every other case is hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from repair_eval.importers.cases import HARNESS, case_files, harness
from repair_eval.importers.draft import Draft, Item, NotImported
from repair_eval.importers.source import Source
from repairlsp.errors import UsageError

_MODULE = "solution"
_FIRST = "global.py"


def read(source: Source) -> Iterator[Item]:
    """The wrong programs of every question. Raises UsageError where this is not the layout."""
    data = source.place / "data" if (source.place / "data").is_dir() else source.place
    questions = sorted(data.glob("question_*"))
    if not questions:
        raise UsageError(f"{data} has no folder question_*", "unzip data.zip, and name its folder")
    for question in questions:
        reference = question / "code" / "reference" / "reference.py"
        bodies = list(_bodies(question / "ans"))
        for path in sorted((question / "code" / "wrong").glob("*.py")):
            name = f"{question.name}/{path.stem}"
            if not reference.is_file():
                yield NotImported(name, "the question has no code/reference/reference.py")
            elif not bodies:
                yield NotImported(name, "the question has no pair ans/input_*.txt, output_*.txt")
            else:
                yield _draft(name, question, path, reference, bodies)


def _draft(name: str, question: Path, wrong: Path, reference: Path, bodies: list[str]) -> Draft:
    first = question / "code" / _FIRST
    start = first.read_bytes().rstrip() + b"\n\n" if first.is_file() else b""
    tests = case_files(bodies, "case")
    return Draft(
        name=name,
        about=f"A student's answer to {question.name} is wrong.",
        provenance=f"imported from Refactory: {name}, with the instructor's reference as its fix",
        buggy={f"{_MODULE}.py": start + wrong.read_bytes()},
        fixed={f"{_MODULE}.py": start + reference.read_bytes()},
        visible={**tests, HARNESS: harness()},
        parting="files",
        movable=frozenset(tests),
        case_seconds=5,
    )


def _bodies(answers: Path) -> Iterator[str]:
    for given in sorted(answers.glob("input_*.txt")):
        wanted = given.with_name(re.sub("^input", "output", given.name))
        if wanted.is_file():
            expression = given.read_text("utf-8", "replace").strip()
            found = f"cases_harness.evaluate({_MODULE!r}, {expression!r})"
            expected = wanted.read_text("utf-8", "replace").strip()
            yield f"cases_harness.check_text({found}, {expected!r})"
