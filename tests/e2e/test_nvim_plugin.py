"""The plugin of contrib/nvim, in Neovim itself, headless."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.e2e.neovim import NEOVIMS, run_script, version
from tests.server.projects import BUGGY, FIXED, TESTS, project

pytestmark = pytest.mark.e2e

PLUGIN = Path(__file__).parents[2] / "contrib" / "nvim"
LUA = Path(__file__).with_name("plugin.lua")


class Driver:
    def __init__(self, program: str, folder: Path) -> None:
        self.program = program
        self.folder = folder
        (folder / "home").mkdir()
        project(folder / "project")

    def run(self, steps: str, file: str = "ages.py") -> dict[str, Any]:
        """What the user saw: `messages` that were not looked at, and what the steps say."""
        variables = {
            "E2E_PLUGIN": str(PLUGIN),
            "E2E_FILE": str(self.folder / "project" / file),
            "E2E_STEPS": steps,
        }
        return run_script(self.program, LUA, self.folder, variables)


@pytest.fixture(params=NEOVIMS or [pytest.param("", marks=pytest.mark.skip("no Neovim here"))])
def neovim(request: pytest.FixtureRequest, tmp_path: Path) -> Driver:
    return Driver(request.param, tmp_path)


def test_a_failing_test_is_fixed_after_a_look_at_the_diff(neovim: Driver) -> None:
    at = TESTS.splitlines().index("    assert is_adult(18)") + 1
    steps = f"""
        vim.api.nvim_win_set_cursor(0, {{ {at}, 4 }})
        vim.cmd("RepairTest")
        see("diff", proposal())
        press("<CR>")
        local buffer = vim.uri_to_bufnr((vim.uri_from_bufnr(0):gsub("test_ages", "ages")))
        wait("the edit", function() return vim.fn.bufloaded(buffer) == 1 end)
        wait("the edit", function() return vim.bo[buffer].modified end)
        see("lines", lines(buffer))
    """
    seen = neovim.run(steps, "test_ages.py")
    assert seen["diff"][0] == "Fix of test_an_adult: verified by 3 tests"
    assert "+    return age >= 18" in seen["diff"]
    assert seen["lines"] == FIXED.splitlines()
    assert (neovim.folder / "project" / "ages.py").read_text() == BUGGY


def test_typing_while_the_diff_is_looked_at(neovim: Driver) -> None:
    steps = """
        vim.cmd("RepairTest")
        proposal()
        local buffer = vim.fn.bufnr("ages.py")
        vim.api.nvim_buf_set_lines(buffer, 0, 0, false, { "# typed" })
        press("<CR>")
        see("said", message())
        see("lines", lines(buffer))
    """
    seen = neovim.run(steps)
    assert "changed since this fix was found" in seen["said"]
    assert seen["lines"] == ["# typed", *BUGGY.splitlines()]


def test_the_tests_are_run_and_the_status_told(neovim: Driver) -> None:
    steps = """
        vim.cmd("RepairRun")
        see("said", message())
        wait("squiggles", function() return #vim.diagnostic.get(0) > 0 end)
        see("line", vim.diagnostic.get(0)[1].lnum)
        vim.cmd("RepairStatus")
        see("status", message())
    """
    seen = neovim.run(steps)
    assert seen["said"] == "repairlsp: 2 passed, 1 failed"
    assert seen["line"] == BUGGY.splitlines().index("    return age > 18")
    assert seen["status"].startswith("repairlsp: idle, model embedded (not loaded), server ")


def test_the_squiggles_of_other_tools(neovim: Driver) -> None:
    steps = """
        local titles = {}
        vim.ui.select = function(items, options, choose)
          for _, item in ipairs(items) do
            table.insert(titles, (options.format_item(item)))
          end
          choose(items[1], 1)
        end
        vim.api.nvim_win_set_cursor(0, { 5, 4 })
        vim.diagnostic.set(vim.api.nvim_create_namespace("checker"), 0, {
          { lnum = 4, col = 4, end_col = 10, message = "18 is of age", source = "checker" },
        })
        vim.cmd("RepairFix")
        wait("the edit", function() return vim.bo.modified end)
        see("titles", titles)
        see("lines", lines())
    """
    seen = neovim.run(steps)
    assert seen["titles"] == [
        "Fix this bug: 18 is of age",
        "Fix this bug in is_adult()",
        "Show other fixes",
    ]
    assert seen["lines"] == FIXED.splitlines()


def test_checkhealth(neovim: Driver) -> None:
    steps = """
        local client = require("repairlsp").client_of(0)
        wait("the status", function()
          return require("repairlsp.status").describe(client.id):match("^idle")
        end)
        vim.cmd("checkhealth repairlsp")
        see("lines", lines())
    """
    text = "\n".join(neovim.run(steps)["lines"])
    assert "repairlsp 0." in text
    assert "model embedded" in text
    assert "pytest" in text
    if version(neovim.program) >= (0, 11):
        assert "ERROR" not in text
