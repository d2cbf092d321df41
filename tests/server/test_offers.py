"""Which fixes are offered where, and to whom."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from lsprotocol import types
from lsprotocol.types import CodeActionTriggerKind as Trigger

from repairlsp.server.documents import Document
from repairlsp.server.offers import MAX_QUICK_FIXES, Offer, offers
from repairlsp.server.targets import Lines, Target

TEXT = """\
import os

def mean(values):
    total = sum(values)
    return total / len(value)

LIMIT = 3
"""
QUICK, REWRITE = "quickfix.repairlsp", "refactor.rewrite.repairlsp"


def span(start: tuple[int, int], end: tuple[int, int] | None = None) -> types.Range:
    return types.Range(types.Position(*start), types.Position(*(end or start)))


def wrong(message: str = 'Undefined name "value"', line: int = 4) -> types.Diagnostic:
    return types.Diagnostic(span((line, 23), (line, 28)), message, code="F821", source="ruff")


def ask(
    where: types.Range,
    diagnostics: Sequence[types.Diagnostic] = (),
    only: Sequence[str] | None = None,
    trigger: Trigger | None = None,
    language: str = "python",
    several: bool = False,
) -> list[Offer]:
    """What is offered; "Show other fixes" only on demand."""
    document = Document.opened(types.TextDocumentItem("file:///a.py", language, 3, TEXT))
    found = offers(document, where, types.CodeActionContext(diagnostics, only, trigger))
    return [offer for offer in found if several or not offer.several]


def kinds(found: Sequence[Offer]) -> list[str]:
    return [offer.kind for offer in found]


def test_a_quick_fix_for_the_diagnostic_and_a_rewrite_of_the_function() -> None:
    quick, rewrite = ask(span((4, 24)), [wrong()])
    assert quick.title == 'Fix this bug: Undefined name "value"'
    assert quick.kind == QUICK
    assert quick.diagnostic == wrong()
    assert quick.target.finding
    assert quick.target.finding.lines == Lines(4, 5)
    assert (quick.target.finding.source, quick.target.finding.code) == ("ruff", "F821")
    assert rewrite.title == "Fix this bug in mean()"
    assert rewrite.kind == REWRITE
    assert rewrite.target == Target("file:///a.py", 3, Lines(2, 5))


def test_diagnostics_elsewhere_are_not_offered() -> None:
    assert kinds(ask(span((3, 4)), [wrong()])) == [REWRITE]


def test_a_range_ends_before_the_line_whose_start_it_reaches() -> None:
    assert kinds(ask(span((3, 0), (4, 0)), [wrong()])) == [REWRITE]
    assert kinds(ask(span((3, 0), (4, 1)), [wrong()])) == [QUICK, REWRITE]


def test_a_selection_is_what_is_rewritten() -> None:
    (rewrite,) = ask(span((3, 0), (5, 0)))
    assert rewrite.title == "Fix this bug in the selected lines"
    assert rewrite.target.lines == Lines(3, 5)


def test_outside_functions_only_those_who_ask_hear_why_not() -> None:
    assert ask(span((6, 0))) == []
    (rewrite,) = ask(span((6, 0)), only=["refactor"])
    assert "no function" in rewrite.disabled


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        (["quickfix"], [QUICK]),
        (["quickfix.repairlsp"], [QUICK]),
        (["refactor"], [REWRITE]),
        (["refactor.rewrite"], [REWRITE]),
        (["refactor.rewrite.repairlsp"], [REWRITE]),
        ([""], [QUICK, REWRITE]),
        (["quickfix", "refactor.rewrite"], [QUICK, REWRITE]),
        (["source.fixAll", "refactor.extract", "quick", "quickfix.other"], []),
    ],
)
def test_kinds_are_hierarchical(only: list[str], expected: list[str]) -> None:
    assert kinds(ask(span((4, 24)), [wrong()], only)) == expected


def test_unasked_there_are_only_quick_fixes() -> None:
    assert kinds(ask(span((4, 24)), [wrong()], trigger=Trigger.Automatic)) == [QUICK]
    assert kinds(ask(span((4, 24)), [wrong()], trigger=Trigger.Invoked)) == [QUICK, REWRITE]


def test_other_fixes_are_offered_once_to_those_who_ask() -> None:
    *_, last = found = ask(span((4, 24)), [wrong()], several=True)
    assert [offer.several for offer in found] == [False, False, True]
    assert (last.title, last.kind, last.target) == ("Show other fixes", QUICK, found[0].target)
    unasked = ask(span((4, 24)), [wrong()], trigger=Trigger.Automatic, several=True)
    assert not any(offer.several for offer in unasked)


def test_a_failing_test_is_fixed_and_not_its_text() -> None:
    data = {"test": "test_a.py::TestMean::test_empty[0]"}
    failing = types.Diagnostic(
        span((4, 0)), "it fails", code="failing-test", source="repairlsp", data=data
    )
    offer = ask(span((4, 2)), [failing])[0]
    assert (offer.title, offer.kind) == ("Fix failing test TestMean::test_empty", QUICK)
    assert offer.test == {"uri": "file:///a.py", "test": data["test"]}


def test_the_test_at_the_cursor() -> None:
    text = "def test_mean():\n    assert mean([1]) == 1\n"
    document = Document.opened(types.TextDocumentItem("file:///test_a.py", "python", 3, text))
    (offer,) = offers(document, span((1, 4)), types.CodeActionContext([]))
    assert (offer.title, offer.kind) == ("Fix failing test test_mean", REWRITE)
    assert offer.test == {"uri": "file:///test_a.py", "line": 0}


def test_other_languages() -> None:
    quick, rewrite = ask(span((4, 24)), [wrong()], language="rust")
    assert (quick.kind, rewrite.kind) == (QUICK, REWRITE)
    assert rewrite.title == "Fix this bug at the cursor"  # naming it would take a parser
    assert rewrite.target.lines == Lines(4, 5)


def test_the_same_diagnostic_from_one_tool_is_offered_once() -> None:
    assert kinds(ask(span((4, 24)), [wrong(), wrong()])) == [QUICK, REWRITE]


def test_a_menu_has_an_end() -> None:
    many = [wrong(f"number {n}") for n in range(1000)]
    assert kinds(ask(span((4, 24)), many)).count(QUICK) == MAX_QUICK_FIXES


def test_long_messages_of_many_lines_become_short_titles() -> None:
    (offer, _) = ask(span((4, 24)), [wrong("one\n  two " + "x" * 100)])
    assert offer.title.startswith("Fix this bug: one two xxx")
    assert len(offer.title) <= 80
    assert offer.target.finding
    assert offer.target.finding.message.endswith("x" * 100)


def test_a_target_survives_its_way_through_the_client() -> None:
    for offer in ask(span((4, 24)), [wrong()]):
        assert Target.from_data(offer.target.to_data()) == offer.target
