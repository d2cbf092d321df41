"""An import is whole or not there, and can be repeated."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from repair_eval.importers import Destination, Draft, NotImported, build
from repair_eval.importers.settle import settle
from repair_eval.importers.writing import slug, write_draft
from repair_eval.main import main
from repair_eval.suite.folder import load_folder

from repairlsp.errors import CancelledError, UsageError
from repairlsp.sandbox import choose


def draft(name: str, about: str = "It is wrong.") -> Draft:
    return Draft(
        name=name,
        about=about,
        provenance="invented here",
        buggy={"a.py": b"A = 1\n"},
        fixed={"a.py": b"A = 2\n"},
        visible={"test_a.py": b"def test(): pass\n"},
        parting="tests",
    )


def test_an_earlier_import_is_replaced_when_the_new_one_is_whole(tmp_path: Path):
    place = tmp_path / "suite"
    for text in ("one", "two"):
        with Destination(place) as destination:
            (destination.staging / "python" / text).mkdir()
            destination.publish({"format": text})
    assert {path.name for path in (place / "python").iterdir()} == {"two"}
    with pytest.raises(ZeroDivisionError), Destination(place) as destination:
        (destination.staging / "python" / "three").mkdir()
        raise ZeroDivisionError
    assert {path.name for path in (place / "python").iterdir()} == {"two"}
    assert {path.name for path in tmp_path.iterdir()} == {"suite"}


def test_what_a_killed_import_left_goes(tmp_path: Path):
    (tmp_path / ".suite.partial/python/half").mkdir(parents=True)
    with Destination(tmp_path / "suite") as destination:
        assert list((destination.staging / "python").iterdir()) == []
    assert list(tmp_path.iterdir()) == []


def test_somebody_elses_folder_is_never_replaced(tmp_path: Path):
    place = tmp_path / "suite"
    place.mkdir()
    (place / "thesis.tex").write_text("mine")
    with pytest.raises(UsageError, match="exists already"):
        Destination(place)
    assert main(["import", "quixbugs", str(tmp_path), str(place)]) == 2
    (tmp_path / "link").symlink_to(place)
    with pytest.raises(UsageError):
        Destination(tmp_path / "link")


def test_a_cancelled_build_leaves_no_half_defect(tmp_path: Path):
    cancel = threading.Event()
    cancel.set()
    with Destination(tmp_path / "suite") as destination:
        outcomes = build([draft("a")], destination, choose("limits"), 1, cancel)
        with pytest.raises(CancelledError):
            next(outcomes)
        assert list((destination.staging / "python").iterdir()) == []


def test_what_a_cancel_breaks_is_no_reason_to_leave_a_defect_out(tmp_path: Path):
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(CancelledError):
        settle(draft("a"), tmp_path / "python" / "a", choose("limits"), cancel)


def test_names_are_told_apart_and_repetitions_left_out(tmp_path: Path):
    long = "An-Instance-With-A-Very-Long-Name-Indeed-"
    assert len({slug(f"{long}{n}") for n in range(9)}) == 9
    assert all(len(slug(f"{long}{n}")) <= 40 for n in range(9))
    assert [slug("Python/12"), slug("7 up"), slug("é")] == ["python-12", "d-7-up", "defect"]
    assert slug("a b", {"a-b"}) != "a-b"
    with Destination(tmp_path / "suite") as destination:
        same = [NotImported("x", "why"), *[draft("a")] * 3]
        outcomes = list(build(same, destination, choose("limits")))
    assert [(o.name, o.reason) for o in outcomes if isinstance(o, NotImported)][-1] == (
        "a",
        "another one has the same name",
    )
    assert outcomes[0] == ("x", "why")


def test_any_text_can_be_written(tmp_path: Path):
    nasty = 'Quotes " and \\ and \x7f\ttab\nline \ud800 é \U0001f4e6.'
    folder = tmp_path / "python" / "a"
    write_draft(draft("a", nasty), folder, "one-line")
    assert load_folder(folder).about == 'Quotes " and \\ and \x7f tab line ? é \U0001f4e6.'
