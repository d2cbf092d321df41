from xml.etree import ElementTree

import pytest
from svgdoc import Element, bar_chart, escaped


@pytest.mark.parametrize(
    "text",
    [
        "a < b",
        "a & b",
        'say "hi"',
        "<&>",
        "&lt;",
        "&amp;amp;",
        'if a<b && c>d: "&quot;"',
        "plain",
        "&",
    ],
)
def test_text_comes_back_as_it_was(text):
    element = ElementTree.fromstring(Element("text", text, title=text).render())
    assert element.text == text
    assert element.get("title") == text


def test_attributes_cannot_be_left():
    rendered = Element("rect", id='" onload="x').render()
    assert ElementTree.fromstring(rendered).attrib == {"id": '" onload="x'}


def test_escapes():
    assert escaped('<"&">') == "&lt;&quot;&amp;&quot;&gt;"
    assert escaped(3) == "3"


def test_chart():
    chart = ElementTree.fromstring(bar_chart({'A&B "x"': 1, "<none>": 0}))
    assert [bar.get("data-label") for bar in chart.iter("rect")] == ['A&B "x"', "<none>"]
    assert [bar.get("width") for bar in chart.iter("rect")] == ["200", "0"]
