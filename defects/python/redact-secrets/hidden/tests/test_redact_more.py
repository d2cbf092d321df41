import pytest
from redact import redact, redacted_mapping


@pytest.mark.parametrize("count", [1, 2, 3, 5, 40])
def test_any_number(count):
    assert redact(" ".join(["token=abc"] * count)) == " ".join(["token=***"] * count)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("Password: x", "Password: ***"),
        ("API-KEY=x", "API-KEY=***"),
        ("ApiKey='x'", "ApiKey='***'"),
        ("X-Auth-Token: x", "X-Auth-Token: ***"),
        ("a=1&TOKEN=x&b=2", "a=1&TOKEN=***&b=2"),
        (
            "secret=1, Secret=2, SECRET=3, secret=4",
            "secret=***, Secret=***, SECRET=***, secret=***",
        ),
        ("the token is nice", "the token is nice"),
        ("PASS=1", "PASS=1"),
        ("", ""),
    ],
)
def test_texts(text, safe):
    assert redact(text) == safe


def test_many_urls():
    text = "a://u:1@h b://u:2@h c://u:3@h d://u:4@h"
    assert redact(text) == "a://u:***@h b://u:***@h c://u:***@h d://u:***@h"


def test_values_of_mappings():
    values = {"args": "SECRET=1 secret=2 Secret=3", "retries": 3}
    assert redacted_mapping(values) == {"args": "SECRET=*** secret=*** Secret=***", "retries": 3}
