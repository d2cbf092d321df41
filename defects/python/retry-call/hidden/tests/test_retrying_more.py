import random

import pytest
from retrying import Policy, retrying


def failing(times, error=OSError):
    calls = []

    def function(value, scale=1):
        """Scale it."""
        calls.append(value)
        if len(calls) <= times:
            raise error(len(calls))
        return value * scale

    function.calls = calls
    return function


@pytest.mark.parametrize("attempts", [1, 2, 3, 7])
def test_the_last_error(attempts):
    pauses = []
    function = failing(attempts)
    with pytest.raises(OSError) as caught:
        retrying(Policy(attempts, first=1, longest=4), sleep=pauses.append)(function)(5)
    assert caught.value.args == (attempts,)
    assert len(function.calls) == attempts
    assert pauses == [1, 2, 4, 4, 4, 4][: attempts - 1]


@pytest.mark.parametrize("failures", [0, 1, 2])
def test_the_last_attempt_may_succeed(failures):
    pauses = []
    function = failing(failures)
    retried = retrying(Policy(3), sleep=pauses.append)(function)
    assert retried(5, scale=2) == 10
    assert len(pauses) == failures
    assert retried.__doc__ == "Scale it."


def test_an_answer_of_none_is_an_answer():
    assert retrying(Policy(2), sleep=lambda seconds: None)(lambda: None)() is None


def test_another_error_after_a_failure():
    errors = [ValueError("first"), KeyError("second"), ValueError("third")]

    def function():
        raise errors.pop(0)

    with pytest.raises(KeyError):
        retrying(Policy(3), ValueError, sleep=lambda seconds: None)(function)()
    assert len(errors) == 1


def test_several_kinds():
    errors = [ValueError("first"), KeyError("second")]

    def function():
        raise errors.pop(0)

    with pytest.raises(KeyError, match="second"):
        retrying(Policy(2), (ValueError, KeyError), sleep=lambda seconds: None)(function)()


def test_jitter():
    pauses = []
    function = failing(3)
    policy = Policy(4, first=8, jitter=0.5)
    retrying(policy, sleep=pauses.append, rng=random.Random(1))(function)(1)
    assert all(full / 2 <= pause <= full for pause, full in zip(pauses, [8, 16, 30], strict=True))
