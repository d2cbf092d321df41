import pytest
from hosts import Hosts, HostsError


def test_one_line():
    hosts = Hosts.parse(["127.0.0.1 localhost Box"])
    assert hosts.addresses == {"localhost": "127.0.0.1", "box": "127.0.0.1"}


def test_a_file_with_comments():
    lines = ["127.0.0.1 localhost  # myself", "# the printer", "10.0.0.7 printer"]
    assert Hosts.parse(lines).addresses["printer"] == "10.0.0.7"


def test_a_wrong_address():
    with pytest.raises(HostsError, match="line 1: not an address: printer"):
        Hosts.parse(["printer 10.0.0.7"])


def test_render():
    assert Hosts.parse(["::1 localhost ip6"]).render() == "::1\tlocalhost ip6\n"
