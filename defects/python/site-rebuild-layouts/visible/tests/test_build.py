from press import build


def test_pages(site, tmp_path):
    target = tmp_path / "out"
    assert build(site, target) == ["about.html", "index.html", "team.html"]
    assert (target / "about.html").read_text() == "<h1>About</h1><p>Us</p>"
    assert (target / "index.html").read_text() == (
        "<title>Home</title><nav><b>ACME</b></nav><p>Hello</p>"
    )


def test_nothing_to_do(site, tmp_path):
    build(site, tmp_path / "out")
    assert build(site, tmp_path / "out") == []


def test_an_edited_page(site, tmp_path):
    build(site, tmp_path / "out")
    (site / "pages/team.txt").write_text("<p>Three</p>")
    assert build(site, tmp_path / "out") == ["team.html"]


def test_an_edited_layout(site, tmp_path):
    target = tmp_path / "out"
    build(site, target)
    (site / "layouts/plain.html").write_text("<h2>{{ title }}</h2>")
    assert build(site, target) == ["about.html"]
    assert (target / "about.html").read_text() == "<h2>About</h2>"


def test_a_removed_page(site, tmp_path):
    build(site, tmp_path / "out")
    (site / "pages/team.txt").unlink()
    assert build(site, tmp_path / "out") == []
    assert not (tmp_path / "out/team.html").exists()
