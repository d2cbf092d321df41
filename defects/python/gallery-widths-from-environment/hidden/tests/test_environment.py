import pytest
from gallery.environment import convert
from gallery.settings import Settings
from gallery.thumbnails import plan


@pytest.mark.parametrize(
    ("text", "like", "value"),
    [
        ("1,2", [5], [1, 2]),
        (" 7 ", [5, 6], [7]),
        ("", [5], []),
        ("1,,2,", [5], [1, 2]),
        ("0.5,1", [0.25], [0.5, 1.0]),
        ("yes, off", [True], [True, False]),
        ("a, b", ["x"], ["a", "b"]),
        ("1, 2", ["x"], ["1", "2"]),
        ("12", 5, 12),
        ("12", "x", "12"),
        ("no", True, False),
        ("1", True, True),
    ],
)
def test_convert(text, like, value):
    converted = convert(text, like)
    assert converted == value
    assert type(converted) is type(value)
    if isinstance(value, list):
        assert [type(item) for item in converted] == [type(item) for item in value]


@pytest.mark.parametrize(("text", "like"), [("1,x", [5]), ("maybe", True), ("yes,maybe", [True])])
def test_texts_that_do_not_fit(text, like):
    with pytest.raises(ValueError):
        convert(text, like)


def test_the_variable_is_named():
    with pytest.raises(ValueError, match="GALLERY_THUMBNAILS__WIDTHS"):
        Settings.load(environ={"GALLERY_THUMBNAILS__WIDTHS": "wide"})


def test_proxies_are_texts():
    settings = Settings.load(environ={"GALLERY_SERVER__PROXIES": "10.0.0.1, 10.0.0.2"})
    assert settings["server.proxies"] == ["10.0.0.1", "10.0.0.2"]


def test_widths_in_any_order():
    settings = Settings.load(environ={"GALLERY_THUMBNAILS__WIDTHS": "900,90,400"})
    assert list(plan(settings, "a.b.png", 901)) == [
        "a.b-90.png",
        "a.b-400.png",
        "a.b-900.png",
        "a.b.png",
    ]


def test_the_widths_of_the_defaults_are_no_change():
    settings = Settings.load(environ={"GALLERY_THUMBNAILS__WIDTHS": "160,640,1280"})
    assert settings.changed() == []
