"""Fixtures of the tests of validate/."""

import pytest

from repairlsp.sandbox import bwrap_problem, choose
from tests.validate.projects import SHOP, write_project
from tests.validate.slots import others, shop_plan, slot

__all__ = ["others", "shop_plan", "slot"]


@pytest.fixture
def sandbox():
    """The sandbox that is there on every machine."""
    return choose("limits")


@pytest.fixture(params=["limits", "bwrap"])
def each_sandbox(request):
    problem = bwrap_problem()
    if request.param == "bwrap" and problem is not None:
        pytest.skip(f"bubblewrap cannot run here: {problem}")
    return choose(request.param)


@pytest.fixture
def shop(tmp_path):
    """A project with one bug: `total` subtracts."""
    return write_project(tmp_path / "shop-project", SHOP)
