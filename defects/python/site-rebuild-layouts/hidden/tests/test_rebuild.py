import pytest
from press import build

ALL = ["about.html", "index.html", "team.html"]
WITH_MENU = ["index.html", "team.html"]


@pytest.fixture
def target(site, tmp_path):
    folder = tmp_path / "out"
    assert build(site, folder) == ALL
    return folder


@pytest.mark.parametrize(
    ("layout", "written"),
    [
        ("page", WITH_MENU),
        ("plain", ["about.html"]),
        ("menu", WITH_MENU),
        ("logo", WITH_MENU),
    ],
)
def test_pages_that_use_a_layout(site, target, layout, written):
    (site / f"layouts/{layout}.html").write_text("<i>{{ title }}</i>")
    assert build(site, target) == written
    for name in written:
        assert "<i>" in (target / name).read_text()
    assert build(site, target) == []


def test_a_layout_that_nothing_uses(site, target):
    (site / "layouts/draft.html").write_text("{{ > logo }}")
    assert build(site, target) == []
    (site / "layouts/draft.html").write_text("{{ > menu }}")
    assert build(site, target) == []


def test_a_part_that_comes_and_goes(site, target):
    plain = site / "layouts/plain.html"
    before = plain.read_text()
    plain.write_text(before + "{{>logo}}")
    assert build(site, target) == ["about.html"]
    (site / "layouts/logo.html").write_text("<b>New</b>")
    assert build(site, target) == ALL
    plain.write_text(before)
    assert build(site, target) == ["about.html"]
    (site / "layouts/logo.html").write_text("<b>Newer</b>")
    assert build(site, target) == WITH_MENU


def test_a_page_that_changes_its_layout(site, target):
    (site / "pages/team.txt").write_text("---\nlayout: plain\n---\n<p>Two</p>")
    assert build(site, target) == ["team.html"]
    (site / "layouts/menu.html").write_text("")
    assert build(site, target) == ["index.html"]


def test_a_missing_file(site, target):
    (target / "about.html").unlink()
    assert build(site, target) == ["about.html"]


def test_the_same_text_again(site, target):
    menu = site / "layouts/menu.html"
    menu.write_text(menu.read_text())
    assert build(site, target) == []


def test_page_and_layout_at_once(site, target):
    (site / "pages/index.txt").write_text("a")
    (site / "layouts/plain.html").write_text("b")
    assert build(site, target) == ["about.html", "index.html"]
    assert (target / "about.html").read_text() == "b"
