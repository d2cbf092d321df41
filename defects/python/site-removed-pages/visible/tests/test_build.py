import pytest
from press import build


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    (folder / "pages").mkdir(parents=True)
    (folder / "layouts").mkdir()
    (folder / "layouts/page.html").write_text("<h1>{{ title }}</h1>{{ & body }}")
    (folder / "pages/index.txt").write_text("---\ntitle: Home & Garden\n---\n<p>Hello</p>")
    (folder / "pages/sale.txt").write_text("<p>10% off</p>")
    return folder


@pytest.fixture
def target(site, tmp_path):
    folder = tmp_path / "out"
    build(site, folder)
    return folder


def test_pages(target):
    assert (target / "index.html").read_text() == "<h1>Home &amp; Garden</h1><p>Hello</p>"
    assert (target / "sale.html").read_text() == "<h1>sale</h1><p>10% off</p>"


def test_the_end_of_the_sale(site, target):
    (site / "pages/sale.txt").unlink()
    assert build(site, target) == []
    assert not (target / "sale.html").exists()
    assert (target / "index.html").exists()


def test_a_new_page(site, target):
    (site / "pages/jobs.txt").write_text("---\ntitle: Jobs\n---\n")
    assert build(site, target) == ["jobs.html"]


def test_an_edited_layout(site, target):
    (site / "layouts/page.html").write_text("{{ title }}")
    assert build(site, target) == ["index.html", "sale.html"]
