import pytest
from hosts import Hosts, HostsError


def test_comments_and_empty_lines_anywhere():
    lines = ["# top", "", "10.0.0.1 a", "   ", "10.0.0.2 b # c", "\t# x", "#", "10.0.0.3 d e", ""]
    assert Hosts.parse(lines).addresses == {
        "a": "10.0.0.1",
        "b": "10.0.0.2",
        "d": "10.0.0.3",
        "e": "10.0.0.3",
    }


@pytest.mark.parametrize("lines", [[], [""], ["# only a comment", ""]])
def test_nothing_in_it(lines):
    assert Hosts.parse(lines).addresses == {}


def test_errors_after_an_empty_line():
    with pytest.raises(HostsError, match="line 4: no name for 10.0.0.2"):
        Hosts.parse(["10.0.0.1 a", "", "# b", "10.0.0.2 # c"])


def test_the_first_address_counts():
    hosts = Hosts.parse(["10.0.0.1 a", "", "10.0.0.2 a b", "10.0.0.1 A c"])
    assert hosts.addresses == {"a": "10.0.0.1", "b": "10.0.0.2", "c": "10.0.0.1"}
    assert hosts.render() == "10.0.0.1\ta c\n10.0.0.2\ta b\n"


def test_blocked():
    lines = ["0.0.0.0 ads.example", "", ":: track.example", "127.0.0.1 localhost"]
    assert Hosts.parse(lines).blocked() == ["ads.example", "track.example"]
