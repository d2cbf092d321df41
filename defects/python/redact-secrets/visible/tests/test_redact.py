import io

from redact import Redacting, redact, redacted_mapping


def test_settings():
    assert redact("user=ann password=hunter2") == "user=ann password=***"
    assert redact('{"api_key": "k-1", "page": 3}') == '{"api_key": "***", "page": 3}'


def test_urls():
    assert redact("GET https://ann:pw@example.org/x") == "GET https://ann:***@example.org/x"


def test_environment_of_a_process():
    text = "DB_PASSWORD=a1 SMTP_PASSWORD=b2 PATH=/bin"
    assert redact(text) == "DB_PASSWORD=*** SMTP_PASSWORD=*** PATH=/bin"


def test_mappings():
    headers = {"X-Api-Key": "k-1", "Accept": "*/*", "extra": {"token": "t"}}
    assert redacted_mapping(headers) == {
        "X-Api-Key": "***",
        "Accept": "*/*",
        "extra": {"token": "***"},
    }


def test_stream():
    out = io.StringIO()
    stream = Redacting(out)
    stream.write("ready\ntoken=")
    stream.write("abc")
    assert out.getvalue() == "ready\n"
    stream.close()
    assert out.getvalue() == "ready\ntoken=***"
