from xml.etree import ElementTree

from svgdoc import Element, bar_chart


def test_attributes():
    assert Element("rect", x=1.50, stroke_width=2, fill=None).render() == (
        '<rect x="1.5" stroke-width="2"/>'
    )


def test_nested():
    group = Element("g")
    group.add(Element("text", "R & D"))
    assert group.render() == "<g>\n  <text>R &amp; D</text>\n</g>"


def test_labels_are_read_back():
    chart = ElementTree.fromstring(bar_chart({"age < 30": 4, "age >= 30": 8}))
    assert [text.text for text in chart.iter("text")] == ["age < 30: 4", "age >= 30: 8"]


def test_no_values():
    assert bar_chart({}) == '<svg width="200" height="0"/>'
