"""Slots of small projects, for the tests of them, and what runs below us."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from repairlsp.sandbox import choose
from repairlsp.types import Candidate, Edit, LineSpan, Validation
from repairlsp.validate import Slot, ValidationPlan, time_limits, validate
from tests.validate.projects import (
    FIX,
    GIB,
    SHOP,
    Bench,
    bench,
    write_project,
)

WRONG = Edit(FIX.path, FIX.span, ("        result += 2 * price",))
TEST = SHOP["tests/test_cart.py"]


def plan_of(made: Bench, case_seconds: float = 5) -> ValidationPlan:
    """All failing tests are targets."""
    report = made.run(coverage=True, case_seconds=case_seconds)
    return ValidationPlan(
        made.command,
        made.sandbox,
        report.run,
        tuple(case.id for case in report.run.failing),
        time_limits(report.run),
        2 * GIB,
        report.coverage,
        report.at_import,
        report.witness,
    )


@contextmanager
def slot_of(project: Path, sandbox, **options) -> Iterator[Slot]:
    """A slot of a project."""
    with bench(project, sandbox) as made, Slot(made.copy, plan_of(made), **options) as slot:
        yield slot


@pytest.fixture(scope="module")
def shop_plan(tmp_path_factory) -> Iterator[tuple[Bench, ValidationPlan]]:
    project = write_project(tmp_path_factory.mktemp("shop") / "shop-project", SHOP)
    with bench(project, choose("limits")) as made:
        yield made, plan_of(made)


@pytest.fixture
def slot(shop_plan) -> Iterator[Slot]:
    """A new slot of the shop, whose first run was made once for all."""
    made, plan = shop_plan
    with Slot(made.workspace.copy(), plan) as slot:
        yield slot
    assert below_us() == []


def check(slot: Slot, *edits: Edit, **options) -> Validation:
    return validate(Candidate(edits, "template:test"), slot, slot.plan, **options)


def line(number: int, text: str) -> Edit:
    return Edit(FIX.path, LineSpan(number, number + 1), (text,))


def shop_with(shop: Path, files: Mapping[str, str]) -> Path:
    return write_project(shop, files)


_others: set[psutil.Process] = set()


@pytest.fixture(autouse=True)
def others() -> None:
    """Processes that earlier tests keep, of `multiprocessing` for example, are none of ours."""
    _others.clear()
    _others.update(psutil.Process().children(recursive=True))


def below_us() -> list[psutil.Process]:
    return [one for one in psutil.Process().children(recursive=True) if one not in _others]
