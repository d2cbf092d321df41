import pytest
from quota import QuotaExceeded, quota, renew_all


def make(calls, **options):
    @quota(calls, **options)
    def echo(value=None, fail=False):
        """Say it again."""
        if fail:
            raise ValueError(value)
        return value

    return echo


@pytest.mark.parametrize("rounds", [1, 2, 5])
def test_many_renewals(rounds):
    echo = make(3)
    for _ in range(rounds):
        assert [echo(number) for number in range(3)] == [0, 1, 2]
        with pytest.raises(QuotaExceeded):
            echo()
        echo.renew()
    assert echo.remaining() == 3


def test_renewed_before_it_is_used_up():
    echo = make(3)
    echo()
    echo.renew()
    for _ in range(3):
        echo()
    assert echo.remaining() == 0


def test_functions_have_quotas_of_their_own():
    first, second = make(1), make(1)
    first()
    second()
    first.renew()
    assert (first.remaining(), second.remaining()) == (1, 0)


def test_renew_all():
    first, second = make(1), make(2)
    first()
    second()
    renew_all(first, len, second)
    assert (first.remaining(), second.remaining()) == (1, 2)


def test_errors_count():
    echo = make(2)
    with pytest.raises(ValueError):
        echo("x", fail=True)
    assert echo.remaining() == 1
    assert echo.__doc__ == "Say it again."


def test_free_errors_after_a_renewal():
    echo = make(1, on_error="free")
    echo()
    echo.renew()
    with pytest.raises(ValueError):
        echo("x", fail=True)
    assert echo.remaining() == 1
    with pytest.raises(ValueError, match="on_error"):
        make(1, on_error="ignore")
