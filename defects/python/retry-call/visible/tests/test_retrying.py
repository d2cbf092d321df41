import pytest
from retrying import Policy, retrying


class Service:
    """Fails so many times, then answers."""

    def __init__(self, failures, error=ConnectionError):
        self.failures = failures
        self.error = error
        self.calls = 0

    def __call__(self):
        self.calls += 1
        if self.calls <= self.failures:
            raise self.error(f"failure {self.calls}")
        return "answer"


def test_an_answer_at_last():
    pauses = []
    service = Service(2)
    assert retrying(Policy(), sleep=pauses.append)(service.__call__)() == "answer"
    assert pauses == [0.5, 1.0]


def test_other_errors_are_not_for_retrying():
    service = Service(1, KeyError)
    with pytest.raises(KeyError):
        retrying(Policy(), sleep=lambda seconds: None)(service.__call__)()
    assert service.calls == 1


def test_a_service_that_is_down():
    service = Service(99)
    with pytest.raises(ConnectionError, match="failure 4"):
        retrying(Policy(attempts=4), sleep=lambda seconds: None)(service.__call__)()
