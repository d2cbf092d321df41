from excerpts import Query, excerpt, marked


def test_query():
    assert Query.parse('fox "Brown  bear" FOX').words == ("fox", "brown bear")


def test_marks():
    query = Query.parse("java javascript c++")
    assert marked("JavaScript, C++ and Java", query) == (
        "<mark>JavaScript</mark>, <mark>C++</mark> and <mark>Java</mark>"
    )


def test_markup_in_a_document():
    assert marked("<b> is bold", Query.parse("bold")) == "&lt;b&gt; is <mark>bold</mark>"


def test_amplifiers():
    assert marked("Tubes & amps", Query.parse("amp")) == "Tubes &amp; <mark>amp</mark>s"


def test_excerpt():
    text = "one two three four five six seven eight nine ten eleven"
    assert excerpt(text, Query.parse("six"), 20) == "<p>… five <mark>six</mark> seven …</p>"
