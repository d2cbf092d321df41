import pytest
from changelog import notes_since, releases

TEXT = """\
# Changelog

All that users notice.

## Unreleased

- Dark mode

## [1.1.0] - 2024-02-01
### Added
- Export to PDF

## [1.0.0] - 2024-01-01
- First release
""".splitlines()


def test_newest():
    first = next(releases(TEXT))
    assert (first.version, first.date, first.entries) == ("Unreleased", None, ["Dark mode"])


def test_news():
    assert notes_since(TEXT, "1.1.0") == ["Dark mode"]


def test_all_versions():
    assert [release.version for release in releases(TEXT)] == ["Unreleased", "1.1.0", "1.0.0"]


def test_unknown_version():
    with pytest.raises(KeyError):
        notes_since(TEXT, "0.9")
