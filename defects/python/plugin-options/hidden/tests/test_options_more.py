import pytest
from options import Number, Option, Port, Text, check


@pytest.mark.parametrize("port", [1, 80, 65535, None])
def test_ports(port):
    assert Port("port").problems(port) == []


@pytest.mark.parametrize("port", [0, -1, 65536, "80", True, 80.5])
def test_no_ports(port):
    assert len(Port("port", required=True).problems(port)) == 1


def test_two_problems():
    assert Port("port").problems(0.5) == ["is not from 1 to 65535", "is not a whole number"]


def test_required():
    assert Port("p", required=True).problems(None) == ["is required"]
    assert Number("n", required=True).problems(None) == ["is required"]
    assert Text("t", pattern="x", required=True).problems(None) == ["is required"]
    assert Option("o", required=True).problems(0) == []


def test_problems_do_not_pile_up():
    port = Port("port")
    assert port.problems(0) == port.problems(0) == ["is not from 1 to 65535"]
    assert port.problems(1) == []


def test_order():
    values = {"x": 1, "b": "no", "a": 99999}
    assert check([Port("a"), Text("b", pattern="y.*")], values) == [
        "a is not from 1 to 65535.",
        "b does not match y.*.",
        "x is not an option.",
    ]
