from toc import Anchors, headings, table_of_contents


def test_anchors():
    anchors = Anchors()
    assert anchors.anchor("What's new?") == "whats-new"
    assert anchors.anchor("Größe & Farbe") == "größe--farbe"


def test_repeated_titles_are_numbered():
    anchors = Anchors()
    assert [anchors.anchor("Notes") for _ in range(3)] == ["notes", "notes-1", "notes-2"]


def test_code_has_no_headings():
    text = "# One\n```\n# two\n```\n## Three\n"
    assert [heading.title for heading in headings(text)] == ["One", "Three"]


def test_contents():
    text = "# A\n## B\n#### too deep\n"
    assert table_of_contents(text) == "- [A](#a)\n  - [B](#b)"


def test_every_link_leads_to_another_heading():
    text = "# Setup\n# Setup\n# Setup 1\n"
    assert len({heading.anchor for heading in headings(text)}) == 3
