import pytest
from jobline import Handlers, Job


@pytest.mark.parametrize("kinds", [["a"], ["a", "b"], ["c", "a", "b", "d"]])
def test_each_kind_is_told(kinds):
    handlers = Handlers()
    told = []

    @handlers.on(*kinds)
    def handle(kind, payload):
        told.append((kind, payload))

    for number, kind in enumerate([*kinds, *reversed(kinds)]):
        handlers.handle(Job(str(number), kind, payload={"n": number}))
    assert [kind for kind, _ in told] == [*kinds, *reversed(kinds)]
    assert [payload["n"] for _, payload in told] == list(range(2 * len(kinds)))


def test_two_functions():
    handlers = Handlers()
    told = []
    handlers.on("a", "b")(lambda kind, payload: told.append(("first", kind)))
    handlers.on("c", "d")(lambda kind, payload: told.append(("second", kind)))
    for kind in "abcd":
        handlers.handle(Job("1", kind))
    assert told == [("first", "a"), ("first", "b"), ("second", "c"), ("second", "d")]


def test_the_function_stays_as_it_is():
    def handle(kind, payload):
        return kind

    handlers = Handlers()
    assert handlers.on("a", "b")(handle) is handle
    assert handle("x", {}) == "x"


def test_one_decorator_for_two_functions():
    handlers = Handlers()
    on_a = handlers.on("a")
    on_a(lambda kind, payload: None)
    with pytest.raises(ValueError):
        on_a(lambda kind, payload: None)


def test_errors_are_the_callers():
    handlers = Handlers()

    @handlers.on("a", "b")
    def handle(kind, payload):
        raise KeyError(kind)

    with pytest.raises(KeyError, match="a"):
        handlers.handle(Job("1", "a"))
