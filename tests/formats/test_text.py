"""The text format: what a person reads, at any width, with nothing in it that steers a terminal."""

from __future__ import annotations

import dataclasses
import re

from repairlsp.formats import FORMATS, View
from repairlsp.types import RepairRequest, RepairResult, TestCase
from repairlsp.types import TestCounts as Counts  # pytest would collect it by its name
from tests.formats.results import BEFORE, DIFF, FAILING, SILENCING, SUSPICIOUS, partial, patch

text = FORMATS["text"]


def test_a_repair_shows_the_failure_the_place_the_diff_and_the_proof(
    repaired: RepairResult, request_: RepairRequest
) -> None:
    assert (
        text(repaired, request_)
        == f"""\
Repaired: shop/pricing.py

  failing     tests/test_pricing.py::test_discount
              AssertionError: assert 0.0 == 90.0
  where       shop/pricing.py:3  executed by 1 failing test and by 2 that pass

{DIFF}
  written by  the embedded model
  proved      1 failing test passes, 41 others still pass, run twice
  took        6.2 s, 17 of 345 candidates tested
  apply       add --apply, or pipe --output-format diff to git apply
"""
    )


def test_no_repair_shows_the_suspects_and_what_to_do_next(
    not_repaired: RepairResult, request_: RepairRequest
) -> None:
    assert (
        text(not_repaired, request_)
        == """\
Not repaired: 1 failing test, no verified patch

  failing     tests/test_pricing.py::test_discount
              AssertionError: assert 0.0 == 90.0
  suspicious  shop/pricing.py:3  executed by 1 failing test and by 2 that pass
              shop/cart.py:12  executed by 1 failing test and by 9 that pass
  tried       17 of 345 candidates tested, 23 invalid or repeated
  took        1 min 0 s
  next        more time with --max-seconds, or say where with --file or --line
"""
    )


def test_nothing_failing_is_one_line(
    nothing_failing: RepairResult, request_: RepairRequest
) -> None:
    assert text(nothing_failing, request_) == "Nothing is failing: 41 tests passed\n"


def test_a_suggestion_never_claims_a_proof(
    suggested: RepairResult, request_: RepairRequest
) -> None:
    shown = text(suggested, request_)
    assert shown.startswith("Suggested: no test has checked this\n")
    assert "unproved    no test has checked this patch: review it" in shown
    assert " proved " not in shown
    assert "--apply" not in shown


def test_what_hindered_a_search_that_succeeded_is_noted(
    repaired: RepairResult, request_: RepairRequest
) -> None:
    shown = text(dataclasses.replace(repaired, message="the model worker ended"), request_)
    assert shown.startswith("Repaired: shop/pricing.py\n")
    assert "  note        the model worker ended\n" in shown


def test_an_applied_patch_says_so_instead_of_how(
    repaired: RepairResult, request_: RepairRequest
) -> None:
    shown = text(repaired, request_, View(applied=True))
    assert "  applied     to shop/pricing.py\n" in shown
    assert "--apply" not in shown


def test_several_patches_are_told_apart(repaired: RepairResult, request_: RepairRequest) -> None:
    two = dataclasses.replace(repaired, patches=(patch(1), patch(2, source="template:off-by-one")))
    shown = text(two, request_)
    assert shown.index("Patch 1 of 2") < shown.index("the embedded model")
    assert shown.index("Patch 2 of 2") < shown.index("fix template: off by one")


def test_what_speaks_against_a_patch_stands_under_the_verdict(
    repaired: RepairResult, request_: RepairRequest
) -> None:
    doubtful = dataclasses.replace(repaired, patches=(patch(cautions=(SUSPICIOUS,)),))
    assert text(doubtful, request_).startswith(
        """\
Repaired: shop/pricing.py
  caution     this patch only deletes a statement: look twice

  failing """
    )
    silenced = dataclasses.replace(repaired, patches=(patch(cautions=(SILENCING, SUSPICIOUS)),))
    assert text(silenced, request_).startswith(
        """\
Most likely only silenced: shop/pricing.py
  warning     this patch takes out a check: the tests pass, the fault is most
              likely still there

  failing """
    )


def test_each_of_several_patches_has_its_own_caution(
    repaired: RepairResult, request_: RepairRequest
) -> None:
    three = (patch(1), patch(2, cautions=(SUSPICIOUS,)), patch(3, cautions=(SILENCING,)))
    shown = text(dataclasses.replace(repaired, patches=three), request_)
    assert shown.startswith("Repaired: shop/pricing.py\n\n")
    assert "Patch 1 of 3\n  where " in shown
    assert "Patch 2 of 3\n  caution     this patch only deletes a statement" in shown
    assert "Patch 3 of 3\n  warning     this patch takes out a check" in shown


def test_a_partial_repair_says_what_it_repairs(
    repaired: RepairResult, request_: RepairRequest
) -> None:
    part = dataclasses.replace(
        repaired, status="suggested", message="repairs 1 of 2 failing tests", patches=(partial(),)
    )
    shown = text(part, request_)
    assert shown.startswith("Partly repaired: shop/pricing.py\n")
    assert "  repairs     1 of 2 failing tests, none broke, run twice; the others still" in shown
    assert "  apply       by hand: --apply writes what repairs all failing tests\n" in shown
    assert "proved" not in shown


def test_the_evidence_does_not_repeat_the_names_of_failing_tests(
    repaired: RepairResult, request_: RepairRequest
) -> None:
    place = repaired.locations[0]
    longer = dataclasses.replace(FAILING, id=FAILING.id + "_twice")
    for cases, which in (((FAILING,), "the"), ((FAILING, longer), "a")):
        reason = f"raised in {cases[-1].id}; named by {FAILING.id}"
        result = dataclasses.replace(
            repaired,
            before=dataclasses.replace(BEFORE, cases=cases),
            locations=(dataclasses.replace(place, evidence=reason),),
        )
        shown = " ".join(text(result, request_).split())
        assert f"raised in {which} failing test; named by {which} failing test" in shown


def test_an_equal_message_is_told_once(repaired: RepairResult, request_: RepairRequest) -> None:
    cases = (FAILING, dataclasses.replace(FAILING, id="tests/test_a.py::test_b"))
    run = dataclasses.replace(BEFORE, cases=cases)
    shown = text(dataclasses.replace(repaired, before=run), request_)
    assert shown.count(FAILING.message) == 1


def test_a_pipe_gets_wrapped_prose_and_whole_names(
    not_repaired: RepairResult, request_: RepairRequest
) -> None:
    name = "tests/test_pricing.py::TestDiscounts::test_" + "long_" * 20
    case = dataclasses.replace(FAILING, id=name, message="ValueError: " + "so much to say " * 9)
    result = dataclasses.replace(
        not_repaired,
        before=dataclasses.replace(BEFORE, cases=(case,)),
        message="a file is left out because " + "its encoding is not known " * 5,
    )
    shown = text(result, request_)
    assert [line for line in shown.splitlines() if len(line) > 80] == [f"  failing     {name}"]
    assert not re.search(r" +$", shown, re.MULTILINE)


def test_at_80_columns_only_the_diff_may_be_wider(
    repaired: RepairResult, request_: RepairRequest
) -> None:
    name = "tests/test_pricing.py::TestDiscounts::test_" + "long_" * 20 + "[eur-10]"
    case = dataclasses.replace(FAILING, id=name, message="ValueError: " + "so much to say " * 9)
    wide = DIFF + "+" + "x" * 120 + "\n"
    result = dataclasses.replace(
        repaired,
        before=dataclasses.replace(BEFORE, cases=(case,)),
        patches=(dataclasses.replace(patch(), diff=wide),),
    )
    for color in (False, True):
        shown = re.sub(r"\x1b\[[0-9;]*m", "", text(result, request_, View(color=color, width=80)))
        beyond = [line for line in shown.splitlines() if len(line) > 80]
        assert beyond == ["+" + "x" * 120]
        assert name in re.sub(r"\n +", "", shown)
        assert not re.search(r" +$", shown, re.MULTILINE)


def test_many_failing_tests_are_counted_not_listed(
    repaired: RepairResult, request_: RepairRequest
) -> None:
    cases = tuple(TestCase(f"tests/test_a.py::test_{i}", "failed", "E: x") for i in range(9))
    shown = text(
        dataclasses.replace(repaired, before=dataclasses.replace(BEFORE, cases=cases)), request_
    )
    assert "test_2" in shown
    assert "test_3" not in shown
    assert "and 6 more" in shown


def test_colours_are_only_where_asked_for(repaired: RepairResult, request_: RepairRequest) -> None:
    assert "\x1b" not in text(repaired, request_)
    coloured = text(repaired, request_, View(color=True, width=80))
    assert "\x1b[32m+    return price - price * percent / 100\x1b[0m" in coloured
    assert "\x1b[31m-    return price - price * percent / 10\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == text(repaired, request_, View(width=80))


def test_what_tests_print_cannot_steer_the_terminal(
    repaired: RepairResult, request_: RepairRequest
) -> None:
    evil = dataclasses.replace(
        FAILING, id="t.py::t[\x1b]0;title\x07]", message="E: \x1b[2J\x9b2J\u202e\ud800 gone"
    )
    result = dataclasses.replace(
        repaired,
        before=dataclasses.replace(BEFORE, cases=(evil,)),
        patches=(dataclasses.replace(patch(), diff=DIFF + "+\x1b[8mhidden \u202e\r\n"),),
    )
    shown = re.sub(r"\x1b\[[0-9;]*m", "", text(result, request_, View(color=True, width=80)))
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\ud800]", shown)
    assert r"t.py::t[\x1b]0;title\x07]" in shown
    assert r"+\x1b[8mhidden \u202e" in shown


def test_the_proof_counts_what_it_saw(repaired: RepairResult, request_: RepairRequest) -> None:
    def proved(before: Counts, after: Counts) -> str:
        seen = dataclasses.replace(patch(), before=before, after=after)
        shown = text(dataclasses.replace(repaired, patches=(seen,)), request_)
        return next(line for line in shown.splitlines() if "proved" in line).split(None, 1)[1]

    assert proved(Counts(0, 1), Counts(1, 0)) == "1 failing test passes, run twice"
    assert (
        proved(Counts(1, 2), Counts(3, 0))
        == "2 failing tests pass, 1 other still passes, run twice"
    )
    assert proved(Counts(0, 1), Counts(7, 0)) == "all 7 tests pass, run twice"
    assert proved(Counts(5, 3), Counts(6, 2)) == "1 of 3 failing tests pass, none broke, run twice"
