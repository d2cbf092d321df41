import pytest
from lookups import Memo, remembered


@pytest.mark.parametrize("answer", [None, 0, "", False, [], "x", float("nan")])
def test_any_answer(answer):
    asked = []
    memo = Memo(lambda key: asked.append(key) or answer)
    for _ in range(3):
        assert memo.ask("k") is answer
    assert asked == ["k"]
    assert (memo.statistics.hits, memo.statistics.misses) == (2, 1)


def test_none_counts_for_the_size():
    asked = []
    memo = Memo(lambda key: asked.append(key), size=2)
    for key in (1, 2, 1, 3, 1, 2):
        assert memo.ask(key) is None
    assert asked == [1, 2, 3, 2]
    assert len(memo) == 2


def test_forgotten():
    asked = []
    memo = Memo(lambda key: asked.append(key))
    memo.ask("k")
    memo.forget("k")
    memo.forget("other")
    memo.ask("k")
    assert asked == ["k", "k"]


def test_errors_are_no_answers():
    calls = []

    def broken(key):
        calls.append(key)
        raise OSError("down")

    memo = Memo(broken)
    for _ in range(2):
        with pytest.raises(OSError):
            memo.ask("k")
    assert calls == ["k", "k"]
    assert len(memo) == 0


def test_none_as_a_key():
    @remembered(size=3)
    def kind(key):
        """Its type."""
        return type(key).__name__

    assert kind(None) == kind(None) == "NoneType"
    assert kind.memo.statistics.hits == 1
    assert kind.__doc__ == "Its type."
