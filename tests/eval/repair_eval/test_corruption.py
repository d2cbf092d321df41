"""Whatever file of a defect is spoilt or gone, `check` names the defect."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from repair_eval.check import check_suite
from repair_eval.runners import missing
from repair_eval.suite import load_suite

from repairlsp.sandbox import choose
from tests.eval.repair_eval.copies import SUITE, copy_defect

DEFECTS = ("python/week-labels", "javascript/version-order", "c/hex-dump-padding")
GARBAGE = b"\xff) this is ( no program in any language\n"


def _files() -> list[tuple[str, str]]:
    return [
        (id_, path.relative_to(SUITE / id_).as_posix())
        for id_ in DEFECTS
        for path in sorted((SUITE / id_).rglob("*"))
        if path.is_file() and not {"__pycache__", "build"} & set(path.parts)
    ]


def _problems(suite: Path) -> list[str]:
    return [
        problem
        for proof in check_suite(load_suite(suite), choose("limits"))
        for problem in proof.problems
        if proof.status == "fails"
    ]


@pytest.mark.slow
@pytest.mark.parametrize(("id_", "name"), _files())
def test_each_file_matters(id_: str, name: str, tmp_path: Path):
    place = copy_defect(id_, tmp_path) / name
    (defect,) = load_suite(tmp_path).defects
    if lack := missing(defect):
        pytest.skip(lack)
    place.write_bytes(GARBAGE)
    assert _problems(tmp_path), f"{name} may be anything"
    if place.name == "package.json":
        return  # Node tells a module by its syntax
    place.unlink()
    assert _problems(tmp_path), f"{name} may be missing"


def test_a_language_s_support_matters(tmp_path: Path):
    copy_defect("c/hex-dump-padding", tmp_path)
    (defect,) = load_suite(tmp_path).defects
    if lack := missing(defect):
        pytest.skip(lack)
    shutil.rmtree(tmp_path / "c/support")
    assert _problems(tmp_path)
