"""Two collections of patches that make their test pass: repairs, and what only silences."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.overfitting.collection import Fix, cautions_of_texts, collected, failure, outcome

HONEST, SILENCING = collected("honest"), collected("silencing")


@pytest.mark.parametrize("fix", [*HONEST, *SILENCING], ids=lambda fix: fix.name)
def test_the_test_fails_before_and_passes_after(fix: Fix) -> None:
    assert outcome(fix.source, fix.test)
    assert not outcome(fix.patched, fix.test)


@pytest.mark.parametrize("fix", HONEST, ids=lambda fix: fix.name)
def test_an_honest_repair_is_never_said_to_silence(fix: Fix) -> None:
    assert grade(fix) != "silencing"


def test_few_honest_repairs_are_suspicious() -> None:
    grades = Counter(map(grade, HONEST))
    assert len(HONEST) >= 40
    assert grades["suspicious"] <= 3


@pytest.mark.parametrize("fix", SILENCING, ids=lambda fix: fix.name)
def test_what_only_silences_is_said_to(fix: Fix) -> None:
    assert grade(fix) == "silencing"


def grade(fix: Fix) -> str | None:
    about = failure(fix.test, outcome(fix.source, fix.test))
    found = cautions_of_texts(fix.source, fix.patched, about)
    return found[0].grade if found else None
