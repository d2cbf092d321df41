"""HumanEvalFix, and HumanEvalPack of which it is a part: JSON lines, one Python function each.

Keys: `task_id`, `prompt`, `import`, `canonical_solution`, `buggy_solution`, `test_setup`, `test`,
`example_test`, `entry_point`, `bug_type` (BigCode's OctoPack, Muennighoff et al., ICLR 2024). The
program is the prompt with one of the solutions; the example tests are visible, the others hidden.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repair_eval.importers.draft import Draft, Item, NotImported, UnfitError
from repair_eval.importers.lines import Row, read_rows
from repair_eval.importers.source import Source
from repair_eval.suite.vocabulary import UNCLASSIFIED

_MODULE = "solution"
_NEEDED = (
    "prompt",
    "canonical_solution",
    "buggy_solution",
    "test",
    "example_test",
    "entry_point",
)
_FAMILIES = {
    "missing logic": "missing-step",
    "operator misuse": "wrong-computation",
    "value misuse": "wrong-value",
    "variable misuse": "wrong-variable",
    "function misuse": "wrong-call",
}
"""`bug_type` in our words. "excess logic" has none."""


def read(source: Source) -> Iterator[Item]:
    """The rows in Python, in their order."""
    for row in read_rows(source.place, "task_id", _NEEDED):
        if isinstance(row, NotImported):
            yield row
        elif row.name.partition("/")[0].lower() not in ("python", "humaneval", row.name.lower()):
            yield NotImported(row.name, "is not in Python")
        else:
            try:
                yield _draft(row)
            except UnfitError as error:
                yield NotImported(row.name, str(error))


def _draft(row: Row) -> Draft:
    entry = row.text("entry_point")
    start = "\n".join(filter(None, (row.text("import"), row.text("prompt"))))
    kind = row.text("bug_type")
    return Draft(
        name=row.name,
        about=f"{entry} has a bug{f' ({kind})' if kind else ''}.",
        family=_FAMILIES.get(kind, UNCLASSIFIED),
        provenance=f"imported from HumanEvalPack: {row.name}",
        buggy={f"{_MODULE}.py": (start + row.text("buggy_solution")).encode()},
        fixed={f"{_MODULE}.py": (start + row.text("canonical_solution")).encode()},
        visible={"test_example.py": _tests(row, "example_test").encode()},
        hidden={"test_hidden.py": _tests(row, "test").encode()},
        parting="given",
    )


def _tests(row: Row, key: str) -> str:
    """The test code as a module of pytest. Raises UnfitError where it is no Python.

    What defines stays where it is; what does something (`check(f)`, an assertion) becomes the body
    of a test, so that a failure is a test's, not the collection's.
    """
    setup = row.text("test_setup")
    try:
        body = ast.parse("\n".join(filter(None, (setup, row.text(key))))).body
    except SyntaxError as error:
        raise UnfitError(f"{key} is not Python: {error}") from error
    lasting: list[ast.stmt] = [node for node in body if _defines(node)]
    doing = [node for node in body if not _defines(node)]
    called = {node.name for node in lasting if isinstance(node, ast.FunctionDef)}
    if not doing:
        # Only definitions: the harness of HumanEval calls `check` by itself.
        if "check" not in called:
            raise UnfitError(f"{key} calls nothing")
        doing = ast.parse(f"check({row.text('entry_point')})").body
    test = ast.parse("def test_examples(): pass").body[0]
    assert isinstance(test, ast.FunctionDef)
    test.name = "test_examples" if key == "example_test" else "test_hidden"
    test.body = doing
    module = ast.Module([*ast.parse(f"from {_MODULE} import *").body, *lasting, test], [])
    # A function whose name starts with an underscore is not in `*`.
    module.body[1:1] = ast.parse(f"from {_MODULE} import {row.text('entry_point')}").body
    return ast.unparse(ast.fix_missing_locations(module)) + "\n"


def _defines(node: ast.stmt) -> bool:
    if isinstance(node, ast.Assign | ast.AnnAssign):
        return not any(isinstance(part, ast.Call) for part in ast.walk(node))
    return isinstance(
        node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom
    )
