"""repairlsp's own engine as a source: what it submits and what it tells of its work."""

from __future__ import annotations

from pathlib import Path

import pytest
from repair_eval.configs import Search
from repair_eval.sources import Answers, Problem, facts, open_source
from repair_eval.suite import load_suite

from repairlsp.errors import ModelError
from repairlsp.models.catalog import EMBEDDED
from repairlsp.sandbox import NEVER
from tests.eval.repair_eval.copies import SUITE, write


def _spec(model: str, **changes: object) -> Search:
    values = {
        "model": model,
        "templates": True,
        "spectrum": "ochiai",
        "fork_server": True,
        "localization": "found",
        "max_seconds": 60.0,
        "candidates": 10_000,
        "patches": 1,
        "threads": None,
    }
    return Search(**{**values, **changes})  # type: ignore[arg-type]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A suite of one defect, which a template repairs at once."""
    folder = tmp_path / "suite/python/shelf-room"
    description = (SUITE / "python/duration-parts/defect.toml").read_text("utf-8")
    write(folder / "defect.toml", description)
    write(folder / "buggy/shelf.py", "def has_room(books, room):\n    return books >= room\n")
    write(folder / "fixed/shelf.py", "def has_room(books, room):\n    return books < room\n")
    test = "from shelf import has_room\n\ndef test_{0}():\n    assert has_room({1}) is {2}\n"
    visible = test.format("empty", "0, 3", True) + test.format("full", "3, 3", False)
    write(folder / "visible/tests/test_shelf.py", visible.replace("3, 3", "4, 3"))
    write(folder / "hidden/tests/test_shelf_more.py", test.format("last", "3, 3", False))
    return tmp_path / "suite"


def _answers(spec: Search, suite: Path = SUITE, id_: str = "python/duration-parts") -> Answers:
    (defect,) = load_suite(suite, [id_]).defects
    source = open_source(spec, None)
    try:
        return source.answer(Problem(defect, 0, "limits"), NEVER)
    finally:
        source.close()


def test_templates_submit_what_the_visible_tests_verified(small: Path):
    spec = _spec("", fork_server=False, localization="given")
    found = _answers(spec, small, "python/shelf-room")
    (answer,) = found.answers
    assert answer.origin.startswith("template:")
    assert "+    return books " in answer.diff
    assert found.first_verified_seconds is not None
    assert found.counts["validated"] > 0
    assert found.suspicious == ()  # it was told the place
    assert (found.prompt_tokens, found.decode_seconds) == (None, None)


def test_a_model_tells_its_tokens_and_its_time():
    found = _answers(_spec("embedded", templates=False, candidates=1))
    assert found.prompt_tokens is not None
    assert found.prompt_tokens > 20
    assert found.output_tokens is not None
    assert found.output_tokens > 5
    assert 0 < (found.prefill_seconds or 0) < 60
    assert 0 < (found.decode_seconds or 0) < 60
    assert found.suspicious[0].path == "durations.py"
    assert found.loading_seconds > 0


def test_another_language_is_an_attempt_that_repairs_nothing():
    found = _answers(_spec(""), id_="c/hex-dump-padding")
    assert (found.answers, found.note) == ((), "the engine repairs Python, not c")


def test_the_model_is_known_before_a_run(tmp_path: Path):
    known = facts(_spec("embedded"))
    files = [file for file in EMBEDDED.iterdir() if file.name != "manifest.json"]
    assert known.model_bytes == sum(file.stat().st_size for file in files)
    assert len(known.model_hash) == 64
    with pytest.raises(ModelError, match="there is no model"):
        facts(_spec(str(tmp_path / "none")))
