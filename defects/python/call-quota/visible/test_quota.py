import pytest
from quota import QuotaExceeded, quota


@pytest.fixture
def translate():
    @quota(2)
    def translate(word):
        return word[::-1]

    return translate


def test_within_the_quota(translate):
    assert translate("abc") == "cba"
    assert translate.remaining() == 1


def test_used_up(translate):
    translate("a")
    translate("b")
    with pytest.raises(QuotaExceeded, match="translate has been called 2 times"):
        translate("c")


def test_a_new_day(translate):
    translate("a")
    translate("b")
    translate.renew()
    assert translate.remaining() == 2


def test_errors_that_are_free():
    @quota(1, on_error="free")
    def broken():
        raise OSError

    for _ in range(3):
        with pytest.raises(OSError):
            broken()
