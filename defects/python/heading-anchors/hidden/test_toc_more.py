import pytest
from toc import Anchors, headings, table_of_contents


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (["Setup", "Setup", "Setup 1"], ["setup", "setup-1", "setup-1-1"]),
        (["Setup 1", "Setup", "Setup"], ["setup-1", "setup", "setup-2"]),
        (["Step 2", "Step", "Step", "Step"], ["step-2", "step", "step-1", "step-3"]),
        (["A", "A-1", "A", "A-1"], ["a", "a-1", "a-2", "a-1-1"]),
        (["x", "X", "x!", "y", "x"], ["x", "x-1", "x-2", "y", "x-3"]),
        (["x 1", "x 1", "x", "x", "x"], ["x-1", "x-1-1", "x", "x-2", "x-3"]),
    ],
)
def test_the_first_free_anchor(titles, expected):
    anchors = Anchors()
    assert [anchors.anchor(title) for title in titles] == expected


def test_documents_do_not_share_anchors():
    assert [h.anchor for h in headings("# A\n")] == [h.anchor for h in headings("# A\n")] == ["a"]


def test_links():
    text = "# Use\n## Use ##\n~~~\n# no\n```\n~~~\n## Use 1\n"
    assert table_of_contents(text) == "- [Use](#use)\n  - [Use](#use-1)\n  - [Use 1](#use-1-1)"
