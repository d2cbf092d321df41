import pytest
from press import build


def html(folder):
    return sorted(path.name for path in folder.glob("*.html"))


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    (folder / "pages").mkdir(parents=True)
    (folder / "layouts").mkdir()
    (folder / "layouts/page.html").write_text("{{ & body }}")
    for name in "abc":
        (folder / f"pages/{name}.txt").write_text(name)
    return folder


@pytest.fixture
def target(site, tmp_path):
    folder = tmp_path / "out"
    build(site, folder)
    return folder


def test_files_that_no_build_wrote_stay(site, target):
    (target / "google1f2e.html").write_text("proof")
    (target / "logo.svg").write_text("<svg/>")
    (site / "pages/b.txt").unlink()
    assert build(site, target) == []
    assert html(target) == ["a.html", "c.html", "google1f2e.html"]
    assert (target / "logo.svg").exists()


def test_all_pages_go(site, target):
    for name in "abc":
        (site / f"pages/{name}.txt").unlink()
    assert build(site, target) == []
    assert html(target) == []
    assert build(site, target) == []


def test_a_page_with_another_name(site, target):
    (site / "pages/b.txt").rename(site / "pages/d.txt")
    assert build(site, target) == ["d.html"]
    assert html(target) == ["a.html", "c.html", "d.html"]


def test_gone_and_back(site, target):
    (site / "pages/b.txt").unlink()
    build(site, target)
    (site / "pages/b.txt").write_text("b")
    assert build(site, target) == ["b.html"]
    assert html(target) == ["a.html", "b.html", "c.html"]


def test_the_file_is_gone_already(site, target):
    (site / "pages/b.txt").unlink()
    (target / "b.html").unlink()
    assert build(site, target) == []
    assert html(target) == ["a.html", "c.html"]


def test_it_is_nobodys_after_its_removal(site, target):
    (site / "pages/b.txt").unlink()
    build(site, target)
    (target / "b.html").write_text("by hand")
    assert build(site, target) == []
    assert (target / "b.html").read_text() == "by hand"


def test_unchanged_pages_are_not_written(site, target):
    (site / "pages/c.txt").unlink()
    (site / "pages/a.txt").write_text("A")
    assert build(site, target) == ["a.html"]
