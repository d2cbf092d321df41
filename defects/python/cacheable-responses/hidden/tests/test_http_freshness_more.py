import pytest
from http_freshness import fresh_seconds, may_store, parse_cache_control


@pytest.mark.parametrize(
    "header",
    [
        "s-maxage=30",
        "must-revalidate, max-age=30",
        "public, s-maxage=30",
        "max-age=30, public, must-revalidate",
        "public, must-revalidate, s-maxage=30",
    ],
)
def test_any_of_the_directives_permits(header):
    assert fresh_seconds(200, {"cache-control": header}, authorized=True) == 30


@pytest.mark.parametrize("header", ["", "max-age=30", "immutable, max-age=30", "proxy-revalidate"])
def test_others_do_not(header):
    assert fresh_seconds(200, {"cache-control": header}, authorized=True) is None
    assert fresh_seconds(200, {"cache-control": header}) is not None


@pytest.mark.parametrize("header", ["private, public", "no-store, must-revalidate, s-maxage=5"])
def test_what_forbids_is_stronger(header):
    assert not may_store(200, parse_cache_control(header), authorized=True)
    assert not may_store(200, parse_cache_control(header))


def test_shared_lifetime_comes_first():
    assert fresh_seconds(200, {"cache-control": "max-age=10, s-maxage=99"}) == 99


def test_status():
    assert fresh_seconds(500, {"cache-control": "public, max-age=60"}) is None
    assert fresh_seconds(404, {"cache-control": "max-age=5"}) == 5


def test_no_cache_and_nonsense():
    assert fresh_seconds(200, {"cache-control": "public, no-cache"}, authorized=True) == 0
    assert fresh_seconds(200, {"cache-control": "max-age=soon"}) == 0
    assert fresh_seconds(200, {"cache-control": "max-age=5", "age": "9"}) == 0
