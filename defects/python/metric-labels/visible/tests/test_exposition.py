import pytest
from probe import Counter, Gauge, Registry, expose


@pytest.fixture
def registry():
    return Registry()


def test_requests(registry):
    requests = registry.add(Counter("requests", "Requests by outcome.", ["method", "status"]))
    requests.add(method="GET", status="200")
    requests.add(3, method="POST", status="500")
    assert expose(registry).splitlines() == [
        "# HELP requests Requests by outcome.",
        "# TYPE requests counter",
        'requests{method="GET",status="200"} 1',
        'requests{method="POST",status="500"} 3',
    ]


def test_requests_of_two_modules(registry):
    requests = registry.add(Counter("requests", names=["method", "status"]))
    requests.add(method="GET", status="200")
    requests.add(status="200", method="GET")
    assert expose(registry).splitlines()[1:] == ['requests{method="GET",status="200"} 2']


def test_without_labels(registry):
    registry.add(Gauge("load")).set(0.75)
    registry.add(Counter("idle"))
    assert expose(registry) == "# TYPE load gauge\nload 0.75\n"


def test_special_characters(registry):
    registry.add(Gauge("files", names=["path"])).set(1, path='C:\\"x"\n')
    assert expose(registry).splitlines()[1] == r'files{path="C:\\\"x\"\n"} 1'


def test_other_labels():
    with pytest.raises(ValueError, match="requests has other labels: method"):
        Counter("requests", names=["method"]).add(status="200")
