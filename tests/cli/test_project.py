"""Which project and files are meant by what a person typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from repairlsp.cli.project import Target, find_target
from repairlsp.errors import UsageError


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "shop"
    (root / "src" / "deep").mkdir(parents=True)
    (root / "pyproject.toml").touch()
    (root / "src" / "cart.py").touch()
    (root / "src" / "deep" / "tax.py").touch()
    monkeypatch.chdir(root)
    return root.resolve()


def test_without_anything_it_is_the_working_directory(project: Path) -> None:
    assert find_target(None, None, []) == Target(project, ())


def test_a_folder_is_the_project(project: Path) -> None:
    assert find_target("src", None, []) == Target(project / "src", ())


def test_a_files_project_is_the_nearest_that_looks_like_one(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = Target(project, ("src/deep/tax.py",))
    assert find_target("src/deep/tax.py", None, []) == expected
    monkeypatch.chdir(project / "src" / "deep")
    assert find_target("tax.py", None, []) == expected
    monkeypatch.chdir("/")
    assert find_target(str(project / "src/deep/tax.py"), None, []) == expected
    (project / "src" / "pytest.ini").touch()
    assert find_target(str(project / "src/deep/tax.py"), None, []) == Target(
        project / "src", ("deep/tax.py",)
    )


def test_without_any_marker_it_is_the_working_directory_or_the_files_own(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "pyproject.toml").unlink()
    assert find_target("src/deep/tax.py", None, []) == Target(project, ("src/deep/tax.py",))
    monkeypatch.chdir("/")
    found = find_target(str(project / "src/deep/tax.py"), None, [])
    assert found == Target(project / "src" / "deep", ("tax.py",))


def test_files_are_taken_from_here_or_from_the_project(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert find_target(None, None, ["./src/../src/cart.py"]).files == ("src/cart.py",)
    monkeypatch.chdir("/")
    assert find_target(None, str(project), ["src/cart.py"]).files == ("src/cart.py",)


def test_a_link_in_the_project_keeps_its_name(project: Path) -> None:
    (project / "link.py").symlink_to("src/cart.py")
    assert find_target(None, None, ["link.py"]).files == ("link.py",)


def test_a_project_behind_a_link_is_found(project: Path, tmp_path: Path) -> None:
    (tmp_path / "alias").symlink_to(project)
    target = find_target(str(tmp_path / "alias"), None, [str(tmp_path / "alias/src/cart.py")])
    assert target == Target(project, ("src/cart.py",))


def test_what_is_outside_or_contradictory_is_refused(project: Path, tmp_path: Path) -> None:
    outside = tmp_path / "other.py"
    outside.touch()
    with pytest.raises(UsageError, match="is not in the project"):
        find_target(None, None, [str(outside)])
    with pytest.raises(UsageError, match="both src and --project"):
        find_target("src", str(project), [])
    with pytest.raises(UsageError, match="no such folder"):
        find_target(None, "src/cart.py", [])
