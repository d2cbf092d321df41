from html.parser import HTMLParser

from press import build

LAYOUT = """<meta name="description" content="{{ summary }}">
<h1>{{ title }}</h1>
{{ & body }}"""


class Reader(HTMLParser):
    """What a browser makes of a page."""

    def __init__(self, text):
        super().__init__()
        self.attributes = {}
        self.texts = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag == "meta":
            self.attributes = dict(attributes)

    def handle_data(self, data):
        self.texts += [data.strip()] if data.strip() else []


def page(tmp_path, text):
    for folder in ("pages", "layouts"):
        (tmp_path / "site" / folder).mkdir(parents=True)
    (tmp_path / "site/layouts/page.html").write_text(LAYOUT)
    (tmp_path / "site/pages/news.txt").write_text(text)
    assert build(tmp_path / "site", tmp_path / "out") == ["news.html"]
    return Reader((tmp_path / "out/news.html").read_text())


def test_summary(tmp_path):
    read = page(tmp_path, "---\nsummary: Cats & dogs\n---\n")
    assert read.attributes == {"name": "description", "content": "Cats & dogs"}


def test_title(tmp_path):
    assert page(tmp_path, "---\ntitle: 1 < 2\n---\n<p>yes</p>").texts == ["1 < 2", "yes"]


def test_a_quotation_in_the_summary(tmp_path):
    read = page(tmp_path, '---\nsummary: What we mean by "open"\n---\n')
    assert read.attributes["content"] == 'What we mean by "open"'


def test_no_summary(tmp_path):
    assert page(tmp_path, "hello").attributes["content"] == ""
