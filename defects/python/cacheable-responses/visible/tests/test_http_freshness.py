from http_freshness import fresh_seconds, parse_cache_control


def test_directives():
    assert parse_cache_control("Public, max-age=60") == {"public": None, "max-age": "60"}


def test_age_counts():
    assert fresh_seconds(200, {"cache-control": "max-age=60", "age": "15"}) == 45


def test_private_answers_are_not_stored():
    assert fresh_seconds(200, {"cache-control": "private, max-age=60"}) is None


def test_an_authorized_request_is_not_shared():
    assert fresh_seconds(200, {"cache-control": "max-age=60"}, authorized=True) is None


def test_a_public_answer_to_an_authorized_request():
    headers = {"cache-control": "public, max-age=60"}
    assert fresh_seconds(200, headers, authorized=True) == 60
