import pytest
from gallery.settings import Settings


def test_defaults():
    settings = Settings.load()
    assert settings["server.port"] == 8080
    assert settings["thumbnails.widths"] == [160, 640, 1280]


def test_a_file_covers_the_defaults(defaults, tmp_path):
    path = tmp_path / "gallery.toml"
    path.write_text('[log]\nlevel = "debug"\n[log.files]\nerror = "oops.log"\n')
    settings = Settings.load(path, defaults=defaults)
    assert settings["log.level"] == "debug"
    assert settings["log.files.error"] == "oops.log"
    assert settings["log.files.access"] == "access.log"


def test_the_environment_covers_the_file(defaults, tmp_path):
    path = tmp_path / "gallery.json"
    path.write_text('{"server": {"port": 9000, "host": "::"}}')
    environ = {"GALLERY_SERVER__PORT": "80", "HOME": "/root"}
    settings = Settings.load(path, environ, defaults)
    assert (settings["server.host"], settings["server.port"]) == ("::", 80)


def test_changed(defaults):
    settings = Settings.load(environ={"GALLERY_LOG__LEVEL": "debug"}, defaults=defaults)
    assert settings.changed() == [("log.level", "debug")]


def test_unknown_settings(defaults):
    with pytest.raises(KeyError):
        Settings.load(defaults=defaults)["server.colour"]
    with pytest.raises(ValueError, match="GALLERY_SERVER__COLOUR"):
        Settings.load(environ={"GALLERY_SERVER__COLOUR": "red"}, defaults=defaults)
