import html
import re

import pytest
from excerpts import Query, excerpt, marked


@pytest.mark.parametrize(
    "text",
    [
        "a < b && b > c",
        "say \"quote\" & 'x'",
        "&amp; &lt;mark&gt; #39",
        "<mark>gt</mark>",
        "R&D, AT&T, Q&A",
        "\\1 \\g<0> quot",
        "",
    ],
)
@pytest.mark.parametrize(
    "searched", ["amp", "lt gt", "quot x27 39", "&", "< >", "a b c", "; #", ""]
)
def test_the_text_is_shown_as_it_is(text, searched):
    made = marked(text, Query.parse(searched))
    assert html.unescape(re.sub(r"</?mark>", "", made)) == text
    assert not re.search(r"<(?!/?mark>)", made)
    assert not re.search(r"&(?!(?:amp|lt|gt|quot|#x27|#39);)", made)


@pytest.mark.parametrize(
    ("text", "searched", "expected"),
    [
        ("Q&A at AT&T", "AT&T", "Q&amp;A at <mark>AT&amp;T</mark>"),
        ("if a<b:", "a<b", "if <mark>a&lt;b</mark>:"),
        ("1 > 0", ">", "1 <mark>&gt;</mark> 0"),
        ("lt &lt; LT", "lt", "<mark>lt</mark> &amp;<mark>lt</mark>; <mark>LT</mark>"),
        ("xx", "x", "<mark>x</mark><mark>x</mark>"),
        ("none here", "other", "none here"),
        ("<all>", "", "&lt;all&gt;"),
    ],
)
def test_marks(text, searched, expected):
    assert marked(text, Query.parse(searched)) == expected


def test_quotes_are_escaped():
    assert marked('"a"', Query.parse("a")) == "&quot;<mark>a</mark>&quot;"


def test_a_long_text():
    text = "x & y " * 50 + "needle & thread"
    made = excerpt(text, Query.parse("needle amp"), 30)
    assert made.startswith("<p>… ")
    assert made.endswith("<mark>needle</mark> &amp; thread</p>")
