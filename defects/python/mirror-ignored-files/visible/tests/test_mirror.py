import pytest
from mirror.__main__ import main


@pytest.fixture
def folders(tmp_path):
    source, target = tmp_path / "work", tmp_path / "backup"
    for folder in (source, target):
        folder.mkdir()
        (folder / "report.txt").write_text("the same")
    return source, target


def run(folders, capsys, *options):
    main([*options, *map(str, folders)])
    return capsys.readouterr().out.splitlines()


def test_steps(folders, capsys):
    source, target = folders
    (source / "2024").mkdir()
    (source / "2024/plan.txt").write_text("plan")
    (target / "old.txt").write_text("old")
    assert run(folders, capsys) == ["- old.txt", "+ 2024/", "> 2024/plan.txt"]
    assert run(folders, capsys) == ["up to date"]


def test_temporary_files_are_not_copied(folders, capsys):
    source, target = folders
    (source / ".mirrorignore").write_text("*.tmp  # editors\n.mirrorignore\n")
    (source / "report.tmp").write_text("draft")
    assert run(folders, capsys) == ["up to date"]
    assert not (target / "report.tmp").exists()


def test_the_lock_of_the_backup_stays(folders, capsys):
    source, target = folders
    (source / ".mirrorignore").write_text("*.lock\n.mirrorignore\n")
    (target / "backup.lock").write_text("pid 7")
    assert run(folders, capsys) == ["up to date"]
    assert (target / "backup.lock").exists()


def test_dry_run(folders, capsys):
    _, target = folders
    (target / "old.txt").write_text("old")
    assert run(folders, capsys, "-n") == ["- old.txt"]
    assert (target / "old.txt").exists()
