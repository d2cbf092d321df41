import copy

import pytest
from gallery.layers import merge
from gallery.settings import Settings


def test_loads_do_not_touch_each_other(defaults):
    before = copy.deepcopy(defaults)
    environ = {
        "GALLERY_SERVER__PORT": "81",
        "GALLERY_LOG__FILES__ERROR": "e",
        "GALLERY_FORMATS": "webp",
    }
    first = Settings.load(environ=environ, defaults=defaults)
    second = Settings.load(environ={"GALLERY_LOG__LEVEL": "debug"}, defaults=defaults)
    third = Settings.load(defaults=defaults)
    names = ("server.port", "log.files.error", "formats", "log.level")
    assert [first[name] for name in names] == [81, "e", ["webp"], "info"]
    assert [second[name] for name in names] == [8000, "error.log", ["jpg", "png"], "debug"]
    assert [third[name] for name in names] == [8000, "error.log", ["jpg", "png"], "info"]
    assert defaults == before


def test_a_file_for_another_table(defaults, tmp_path):
    path = tmp_path / "gallery.json"
    path.write_text('{"log": {"level": "debug"}}')
    environ = {"GALLERY_SERVER__HOST": "::", "GALLERY_LOG__FILES__ACCESS": "a"}
    Settings.load(path, environ, defaults)
    again = Settings.load(path, defaults=defaults)
    assert (again["server.host"], again["log.files.access"]) == ("localhost", "access.log")


def test_an_error_changes_nothing(defaults):
    before = copy.deepcopy(defaults)
    environ = {"GALLERY_LOG__LEVEL": "debug", "GALLERY_SERVER__PORT": "http"}
    with pytest.raises(ValueError, match="GALLERY_SERVER__PORT"):
        Settings.load(environ=environ, defaults=defaults)
    assert defaults == before


def test_changes_on_all_levels(defaults):
    environ = {"GALLERY_LOG__FILES__ACCESS": "a", "GALLERY_FORMATS": "gif"}
    settings = Settings.load(environ=environ, defaults=defaults)
    assert settings.changed() == [("formats", ["gif"]), ("log.files.access", "a")]
    assert Settings.load(defaults=defaults).changed() == []


def test_changes_of_a_file_alone(defaults, tmp_path):
    path = tmp_path / "gallery.toml"
    path.write_text('motto = "x"\n[server]\nport = 1\nhost = "localhost"\n')
    settings = Settings.load(path, defaults=defaults)
    assert settings.changed() == [("motto", "x"), ("server.port", 1)]


@pytest.mark.parametrize(
    ("base", "over", "merged"),
    [
        ({}, {"a": {"b": 1}}, {"a": {"b": 1}}),
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": 3}}, {"a": {"b": 3, "c": 2}}),
        ({"a": {"b": 1}}, {"a": 2}, {"a": 2}),
        ({"a": 2}, {"a": {"b": 1}}, {"a": {"b": 1}}),
        ({"a": [1, 2]}, {"a": [3]}, {"a": [3]}),
        ({"a": {"b": {"c": 1}}}, {"a": {"b": {"d": 2}}}, {"a": {"b": {"c": 1, "d": 2}}}),
    ],
)
def test_merge(base, over, merged):
    kept = copy.deepcopy((base, over))
    assert merge(base, over) == merged
    assert (base, over) == kept


def test_lists_of_the_defaults_stay(defaults):
    Settings.load(defaults=defaults)["formats"].append("bmp")
    assert defaults["formats"] == ["jpg", "png"]
