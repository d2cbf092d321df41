from html.parser import HTMLParser

import pytest
from press.layouts import Layouts


class Reader(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.text += data


VALUES = ['"', "'", "a \"b\" 'c'", '"><script>', "' onclick='x", "&quot;", "<&>", "é ☃", ""]


@pytest.fixture
def layouts(tmp_path):
    (tmp_path / "double.html").write_text('<a title="{{ it }}">{{it}}</a>')
    (tmp_path / "single.html").write_text("<a title='{{ it }}'>{{it}}</a>")
    (tmp_path / "nested.html").write_text("{{ > double }}")
    (tmp_path / "raw.html").write_text("{{ & it }}")
    return Layouts(tmp_path)


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("name", ["double", "single", "nested"])
def test_values_come_through(layouts, name, value):
    read = Reader(layouts.render(name, {"it": value}))
    assert read.tags == [("a", {"title": value})]
    assert read.text == value


@pytest.mark.parametrize("value", VALUES)
def test_raw(layouts, value):
    assert layouts.render("raw", {"it": value}) == value
