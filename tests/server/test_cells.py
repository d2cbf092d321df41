"""A notebook's cell as the end of a module."""

from __future__ import annotations

import ast

import pytest
from lsprotocol import types

from repairlsp.server.cells import Cell, CellModule, foreign_magic, module_of
from repairlsp.server.documents import Document
from repairlsp.types import Edit, LineSpan, Patch, RepairResult

PATH = "cell_2_of_a_ipynb.py"


def module(text: str, *above: str) -> CellModule:
    document = Document.opened(types.TextDocumentItem("nb:#2", "python", 1, text))
    return module_of(Cell(document, above), PATH)


def test_the_cells_above_come_first() -> None:
    found = module("total(x)", "import os\n", "", "def total(x):\n    return x")
    assert found.text == "import os\ndef total(x):\n    return x\ntotal(x)"
    assert (found.shift, found.masked) == (3, frozenset())


@pytest.mark.parametrize(
    "line",
    [
        "%matplotlib inline",
        "!pip install x",
        "total?",
        "total.real??",
        "  ?total",
        "x = !ls",
        "x=%pwd",
    ],
)
def test_what_ipython_alone_understands_is_masked(line: str) -> None:
    text = f"if True:\n    pass\n{line.strip()}\ntotal = 1\n"
    found = module(text)
    ast.parse(found.text)
    assert (found.masked, found.text.count("\n")) == ({3}, 4)
    assert found.text.splitlines()[3] == "total = 1"
    assert "total = 1" in module("y", text).text


def test_a_command_over_several_lines_is_masked_as_a_whole() -> None:
    found = module("!pip install one \\\n    two\nx = 1\n")
    assert found.text == "pass\n\nx = 1\n"
    assert found.masked == {1, 2}


def test_python_is_not_masked() -> None:
    text = "x = (10\n% 3)\n"
    assert (module(text).text, module(text).masked) == (text, frozenset())


def test_cells_above_that_are_no_python_are_left_out() -> None:
    assert module("x", "%%bash\nls", "def broken(:", "%%time\ny = 1").text == "pass\ny = 1\nx"
    assert foreign_magic("\n%%bash\nls") == "%%bash"


def result(*edits: Edit) -> RepairResult:
    patches = tuple(
        Patch("", (edit,), "unverified", "model", 1, None, None, None, 1.0) for edit in edits
    )
    return RepairResult("suggested", patches, None, (), {}, {}, 1.0)


def test_only_patches_of_the_cell_are_left_and_they_are_of_its_text() -> None:
    found = module("%pwd\ny = x\n", "x = 1")
    cut = found.cut(
        result(
            Edit(PATH, LineSpan(1, 2), ("x = 2",)),
            Edit(PATH, LineSpan(1, 1), ("import x",)),
            Edit(PATH, LineSpan(2, 3), ("pass",)),
            Edit("other.py", LineSpan(3, 4), ("y = 1",)),
            Edit(PATH, LineSpan(3, 4), ("y = -x",)),
            Edit(PATH, LineSpan(4, 4), ("z = y",)),
        )
    )
    assert [patch.edits[0] for patch in cut.patches] == [
        Edit(PATH, LineSpan(2, 3), ("y = -x",)),
        Edit(PATH, LineSpan(3, 3), ("z = y",)),
    ]
    assert "-y = x\n+y = -x\n" in cut.patches[0].diff
    assert " %pwd\n" in cut.patches[0].diff
