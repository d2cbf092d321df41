from options import Number, Port, Text, check

OPTIONS = [Text("host", pattern=r"[\w.-]+", required=True), Port("port", required=True)]


def test_all_is_well():
    assert check(OPTIONS, {"host": "example.org", "port": 8080}) == []


def test_unknown_options():
    assert check([], {"colour": "red"}) == ["colour is not an option."]


def test_numbers():
    assert check([Number("weight")], {"weight": "much"}) == ["weight is not a number."]


def test_what_is_required():
    assert check(OPTIONS, {}) == ["host is required.", "port is required."]
