"""Check 20: what only looks like a repair is never verified, whether it is run by forked children
first or by processes of its own alone."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import indent

import pytest

from repairlsp.sandbox import choose
from repairlsp.types import Candidate, Edit, LineSpan
from repairlsp.validate import Slot, validate
from tests.validate.adversarial import PATH, PROJECT, Trick, tricks
from tests.validate.projects import write_project
from tests.validate.slots import slot_of

TRICKS = tricks()
RIGHT = Edit(PATH, LineSpan(11, 12), ("            result += price",))
WRONG = Edit(PATH, LineSpan(11, 12), ("            result += 2 * price",))


@pytest.fixture(
    scope="module", params=["fork-server", pytest.param("process", marks=pytest.mark.slow)]
)
def slot(request, tmp_path_factory) -> Iterator[Slot]:
    """One slot for all tricks, so that each can try to leave something for the next."""
    project = write_project(tmp_path_factory.mktemp("adversary") / "shop-project", PROJECT)
    with slot_of(project, choose("limits"), use_fork_server=request.param == "fork-server") as slot:
        yield slot


def check(slot: Slot, edit: Edit):
    return validate(Candidate((edit,), "template:test"), slot, slot.plan)


@pytest.mark.parametrize("trick", TRICKS, ids=lambda trick: trick.name)
def test_it_is_not_verified(slot: Slot, trick: Trick):
    found = check(slot, trick.edit)
    if found.verdict == "rejected" and trick.caught_by == "runs":
        pytest.fail(f"the runs let it through: {found.reason}")
    # On a busy machine a run may end by its time limit: then nothing is verified either.
    refused = "rejected" if trick.caught_by == "screen" else "failing"
    assert found.verdict in (refused, "timeout"), found.reason


def test_an_honest_repair_is_verified_after_all_of_them(slot: Slot):
    assert check(slot, WRONG).verdict == "failing"
    assert check(slot, RIGHT).verdict == "plausible"


POISON = {
    "compiled-tests": """
import marshal, pathlib
for file in pathlib.Path(__file__).parents[1].glob('t*/__pycache__/*.pyc'):
    code = compile('def test_total(): pass\\ntest_total_of_nothing = test_count = test_total',
                   file.name, 'exec')
    file.write_bytes(file.read_bytes()[:16] + marshal.dumps(code))
""",
    "originals": """
import os, pathlib
for file in pathlib.Path(__file__).parents[3].glob('p*/t*/*.py'):
    status = file.stat()
    file.write_text(file.read_text().replace('== 3', '!= 3'))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
""",
}


@pytest.mark.parametrize("poison", POISON.values(), ids=POISON)
def test_what_one_candidate_leaves_behind_does_not_verify_another(tmp_path, poison):
    code = indent(poison.strip(), " " * 8).split("\n")
    first = Edit(PATH, LineSpan(9, 10), (*code, "        result = 0"))
    project = write_project(tmp_path / "shop-project", PROJECT)
    with slot_of(project, choose("limits"), use_fork_server=False) as slot:
        assert check(slot, first).verdict == "failing"
        found = check(slot, WRONG)
        assert found.verdict == "failing"
        said = ("second run disagrees", "still fails", "was not run as it is")
        assert any(words in found.reason for words in said), found.reason


def test_there_are_enough_of_them():
    assert len(TRICKS) >= 40
    assert len({trick.edit for trick in TRICKS}) == len(TRICKS)
