import pytest


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    for name, text in {
        "pages/index.txt": "---\ntitle: Home\n---\n<p>Hello</p>",
        "pages/about.txt": "---\ntitle: About\nlayout: plain\n---\n<p>Us</p>",
        "pages/team.txt": "<p>Two</p>",
        "layouts/page.html": "<title>{{ title }}</title>{{ > menu }}{{ & body }}",
        "layouts/plain.html": "<h1>{{ title }}</h1>{{ & body }}",
        "layouts/menu.html": "<nav>{{ > logo }}</nav>",
        "layouts/logo.html": "<b>ACME</b>",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder
