"""The github format: workflow commands that the runner reads back, and nothing that steers it."""

from __future__ import annotations

import dataclasses
import re
from urllib.parse import unquote

from repairlsp.formats import FORMATS
from repairlsp.types import RepairRequest, RepairResult
from tests.formats.results import FAILING, partial

github = FORMATS["github"]


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """The commands as GitHub's runner reads them (actions/runner, ActionCommand.cs)."""
    found = []
    for line in text.splitlines():
        match = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line)
        assert match, line
        pairs = (pair.split("=", 1) for pair in match[2].split(","))
        found.append((match[1], {key: unquote(value) for key, value in pairs}, unquote(match[3])))
    return found


def test_a_repair_is_an_error_at_the_changed_line(
    repaired: RepairResult, request_: RepairRequest
) -> None:
    [(level, properties, message)] = commands(github(repaired, request_))
    assert level == "error"
    assert properties == {
        "file": "shop/pricing.py",
        "line": "3",
        "endLine": "3",
        "title": "repairlsp: Fix shop/pricing.py: test_discount passes",
    }
    assert message.startswith("`tests/test_pricing.py::test_discount` fails with `Assertion")
    assert "becomes `return price - price * percent / 100`" in message


def test_a_failing_test_is_an_error_where_it_failed(
    not_repaired: RepairResult, request_: RepairRequest
) -> None:
    [(level, properties, message)] = commands(github(not_repaired, request_))
    assert (level, properties["file"], properties["line"]) == (
        "error",
        "tests/test_pricing.py",
        "7",
    )
    assert message.endswith("The most suspicious lines: shop/pricing.py:3, shop/cart.py:12.")


def test_a_partial_repair_is_a_warning(repaired: RepairResult, request_: RepairRequest) -> None:
    part = dataclasses.replace(repaired, status="suggested", patches=(partial(),))
    assert commands(github(part, request_))[0][0] == "warning"


def test_what_a_test_says_cannot_give_a_command(
    not_repaired: RepairResult, request_: RepairRequest
) -> None:
    assert not_repaired.before
    words = "100% wrong\n::set-output name=a::b\r::stop-commands::x, y: z"
    odd = dataclasses.replace(FAILING, id="a,b::c[x:y,line=9]", frames=(), message=words)
    run = dataclasses.replace(not_repaired.before, cases=(odd,))
    text = github(dataclasses.replace(not_repaired, before=run), request_)
    assert text.count("\n") == 1
    [(_, properties, message)] = commands(text)
    assert properties["file"] == "a,b"
    assert properties["title"].startswith("repairlsp: c[x:y,line=9] fails")
    assert "line" not in properties
    assert "100% wrong" in message
    assert "set-output" in message


def test_no_more_than_github_shows(not_repaired: RepairResult, request_: RepairRequest) -> None:
    assert not_repaired.before
    many = tuple(dataclasses.replace(FAILING, id=f"t.py::test_{number}") for number in range(30))
    run = dataclasses.replace(not_repaired.before, cases=many)
    text = github(dataclasses.replace(not_repaired, before=run), request_)
    assert len(commands(text)) == 10


def test_nothing_failing_is_nothing_to_say(
    nothing_failing: RepairResult, request_: RepairRequest
) -> None:
    assert github(nothing_failing, request_) == ""
