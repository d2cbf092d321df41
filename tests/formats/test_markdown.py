"""The markdown format: a page in which nothing of the project's is markup."""

from __future__ import annotations

import dataclasses

from repairlsp.formats import FORMATS
from repairlsp.types import RepairRequest, RepairResult
from tests.formats.results import BEFORE, DIFF, FAILING, patch

markdown = FORMATS["markdown"]


def test_a_repair_is_explained_and_shown(repaired: RepairResult, request_: RepairRequest) -> None:
    assert (
        markdown(repaired, request_)
        == f"""\
### Repaired: `shop/pricing.py`

`tests/test_pricing.py::test_discount` fails with `AssertionError: assert 0.0 == 90.0`. The patch \
changes line 3 of `shop/pricing.py` (executed by 1 failing test and by 2 that pass): \
`return price - price * percent / 10` becomes `return price - price * percent / 100`. With it, \
1 failing test passes, 41 others still pass, run twice. It was written by the embedded model.

```diff
{DIFF}```

Took 6.2 s, 17 of 345 candidates tested.
"""
    )


def test_no_repair_lists_what_fails_and_where_it_may_be(
    not_repaired: RepairResult, request_: RepairRequest
) -> None:
    assert (
        markdown(not_repaired, request_)
        == """\
### Not repaired: 1 failing test, no verified patch

**Failing tests**

- `tests/test_pricing.py::test_discount` fails with `AssertionError: assert 0.0 == 90.0`

**Suspicious lines**

- Line 3 of `shop/pricing.py` (executed by 1 failing test and by 2 that pass)
- Line 12 of `shop/cart.py` (executed by 1 failing test and by 9 that pass)

Took 1 min 0 s, 17 of 345 candidates tested.
"""
    )


def test_nothing_failing(nothing_failing: RepairResult, request_: RepairRequest) -> None:
    page = markdown(nothing_failing, request_)
    assert page == "### Nothing is failing: 41 tests passed\n\nTook 1.2 s.\n"


def test_several_patches_and_tests_are_listed(
    repaired: RepairResult, request_: RepairRequest
) -> None:
    many = tuple(dataclasses.replace(FAILING, id=f"t.py::test_{number}") for number in range(12))
    run = dataclasses.replace(BEFORE, cases=many)
    page = markdown(
        dataclasses.replace(repaired, patches=(patch(), patch(2)), before=run), request_
    )
    assert page.index("#### Patch 1 of 2") < page.index("#### Patch 2 of 2")
    assert "`t.py::test_0` fails with `AssertionError: assert 0.0 == 90.0`, and 11 other" in page
    assert "- `t.py::test_9` fails" in page
    assert "- and 2 more\n" in page


def test_nothing_of_the_project_is_markup(repaired: RepairResult, request_: RepairRequest) -> None:
    words = "E: `` <img src=x> @everyone\n# `heading` \x1b[1m \u202e"
    odd = dataclasses.replace(BEFORE, cases=(dataclasses.replace(FAILING, message=words),))
    diff = DIFF + " ```\n+</details> ````\n"
    result = dataclasses.replace(
        repaired, before=odd, patches=(dataclasses.replace(patch(), diff=diff),)
    )
    page = markdown(result, request_)
    assert "```E: `` <img src=x> @everyone # `heading` \\x1b[1m \\u202e```." in page
    assert page.count("\n`````") == 2  # longer than any fence in the diff
