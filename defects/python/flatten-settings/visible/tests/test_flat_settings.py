from flat_settings import as_environment, differences, flatten


def test_two_levels():
    settings = {"debug": True, "db": {"host": "localhost", "port": 5432}}
    assert dict(flatten(settings)) == {"debug": True, "db.host": "localhost", "db.port": 5432}


def test_differences():
    assert differences({"db": {"port": 1}}, {"db": {"port": 2}}) == ["db.port: 1 -> 2"]


def test_environment():
    settings = {"log-level": "info", "smtp": {"tls": True, "user": None}}
    assert as_environment(settings, "shop") == {"SHOP_LOG_LEVEL": "info", "SHOP_SMTP_TLS": "1"}
