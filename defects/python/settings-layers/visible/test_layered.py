import pytest
from layered import Settings

DEFAULTS = {"host": "localhost", "port": 80, "verbose": False}


def test_defaults():
    settings = Settings(DEFAULTS)
    assert settings["port"] == 80
    assert settings.origin("port") == "default"


def test_a_setting_that_only_the_file_has():
    assert Settings(DEFAULTS, file={"theme": "dark"})["theme"] == "dark"


def test_the_command_line_is_strongest():
    settings = Settings(DEFAULTS, {"port": 81}, {"port": 82}, {"port": 83})
    assert settings["port"] == 83


def test_switch():
    assert Settings({"color": "Yes"}).switch("color") is True
    with pytest.raises(ValueError):
        Settings({"color": "maybe"}).switch("color")
