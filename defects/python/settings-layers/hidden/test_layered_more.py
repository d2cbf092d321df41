import pytest
from layered import Settings

LAYERS = ["default", "file", "environment", "command line"]


@pytest.mark.parametrize("given", range(1, 16))
def test_the_strongest_that_is_given(given):
    layers = [{"x": name} if given >> bit & 1 else {"y": 1} for bit, name in enumerate(LAYERS)]
    settings = Settings(*layers)
    strongest = [name for bit, name in enumerate(LAYERS) if given >> bit & 1][-1]
    assert settings["x"] == strongest
    assert settings.origin("x") == strongest
    assert settings.merged()["x"] == strongest


def test_none_is_not_given():
    settings = Settings({"a": 1, "b": None}, {"a": 2}, None, {"a": None, "b": None})
    assert settings["a"] == 2
    assert settings["b"] is None
    assert "c" not in settings


def test_what_is_off_is_given():
    settings = Settings({"color": True}, {"color": True}, {"color": "no"})
    assert settings.switch("color") is False
    assert Settings({"n": 5}, arguments={"n": 0})["n"] == 0


def test_explain():
    settings = Settings({"a": 1, "b": 1}, {"b": 2, "c": 2}, {"c": 3}, {"d": 4})
    assert settings.explain() == [
        "a = 1 (default)",
        "b = 2 (file)",
        "c = 3 (environment)",
        "d = 4 (command line)",
    ]
