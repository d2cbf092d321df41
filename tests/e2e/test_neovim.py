"""Neovim itself, headless, set up as docs/editors.md says, from opening a file to the fix."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.neovim import NEOVIMS, run_script, version
from tests.server.projects import BUGGY, FIXED, project

pytestmark = pytest.mark.e2e

DOCS = Path(__file__).parents[2] / "docs" / "editors.md"
LUA = Path(__file__).with_name("neovim.lua")
LINE = BUGGY.splitlines().index("    return age > 18") + 1


def snippet(name: str) -> str:
    """The Lua code of that name in the documentation."""
    found = re.search(rf"^```lua {re.escape(name)}\n(.*?)^```$", DOCS.read_text(), re.M | re.S)
    assert found, name
    return found[1]


# The machine may be busy: the ten seconds that a fix may take are for people.
PATIENCE = """\
local options = { max_seconds = 300 }
if vim.lsp.config then
  vim.lsp.config("repairlsp", { init_options = options })
else
  local start = vim.lsp.start_client
  vim.lsp.start_client = function(config)
    return start(vim.tbl_extend("force", config, { init_options = options }))
  end
end
"""


class Neovim:
    """One Neovim, set up in an empty home."""

    def __init__(self, program: str, folder: Path) -> None:
        self.program = program
        self.folder = folder
        self.home = folder / "home"
        self.home.mkdir()
        config = "neovim-0.11" if version(program) >= (0, 11) else "neovim-0.7"
        self.setup = folder / "setup.lua"
        self.setup.write_text(PATIENCE + snippet(config) + snippet("neovim-key"))

    def run(self, message: str = "", typed: str = "", **options: Any) -> dict[str, Any]:
        """What the user saw: `titles`, `messages` and, in the end, `lines`."""
        variables = {
            "E2E_SETUP": str(self.setup),
            "E2E_FILE": str(self.folder / "project" / "ages.py"),
            "E2E_LINE": str(LINE),
            "E2E_MESSAGE": message,
            "E2E_TYPE": typed,
        }
        return run_script(self.program, LUA, self.folder, variables)


@pytest.fixture(params=NEOVIMS or [pytest.param("", marks=pytest.mark.skip("no Neovim here"))])
def neovim(request: pytest.FixtureRequest, tmp_path: Path) -> Neovim:
    project(tmp_path / "project")
    return Neovim(request.param, tmp_path)


def test_a_squiggle_of_another_tool(neovim: Neovim) -> None:
    seen = neovim.run(message="18 is of age")
    assert seen["titles"] == [
        "Fix this bug: 18 is of age",
        "Fix this bug in is_adult()",
        "Show other fixes",
    ]
    assert seen["lines"] == FIXED.splitlines()
    assert seen["messages"] == []


def test_the_function_at_the_cursor(neovim: Neovim) -> None:
    seen = neovim.run()
    assert seen["titles"] == ["Fix this bug in is_adult()", "Show other fixes"]
    assert seen["lines"] == FIXED.splitlines()


def test_typing_while_the_fix_is_computed(neovim: Neovim) -> None:
    seen = neovim.run(typed="# typed")
    assert seen["lines"] == ["# typed", *BUGGY.splitlines()]
    (message,) = seen["messages"]
    assert "the document was changed since" in message
