"""What runs inside the project's interpreter keeps to what old interpreters understand."""

import ast
import sys
from pathlib import Path

import pytest

from repairlsp.validate.interpreter import IN_PYTEST

FILES = sorted(IN_PYTEST.glob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_grammar_is_that_of_python_39(file: Path):
    ast.parse(file.read_text(), feature_version=(3, 9))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_nothing_is_imported_but_the_standard_library_and_pytest(file: Path):
    ours = {each.stem for each in FILES}
    allowed = sys.stdlib_module_names | {"pytest", "_pytest", "coverage"} | ours
    if file.stem == "repairlsp_django":  # for projects that have it
        allowed |= {"django"}
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            assert {name.name.partition(".")[0] for name in node.names} <= allowed
        elif isinstance(node, ast.ImportFrom):
            assert (node.module or "").partition(".")[0] in allowed
