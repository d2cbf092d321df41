import pytest
from gallery.settings import Settings
from gallery.thumbnails import plan


def test_widths_of_the_defaults():
    assert plan(Settings.load(), "cat.jpg", 800) == {
        "cat-160.jpg": 160,
        "cat-640.jpg": 640,
        "cat.jpg": 800,
    }


def test_only_thumbnails():
    settings = Settings.load(environ={"GALLERY_THUMBNAILS__KEEP": "off"})
    assert plan(settings, "cat.jpg", 200) == {"cat-160.jpg": 160}
    assert plan(settings, "dot.png", 16) == {"dot.png": 16}


def test_widths_of_the_environment():
    settings = Settings.load(environ={"GALLERY_THUMBNAILS__WIDTHS": "1000, 90"})
    assert plan(settings, "cat.jpg", 800) == {"cat-90.jpg": 90, "cat.jpg": 800}


def test_quality():
    settings = Settings.load(environ={"GALLERY_THUMBNAILS__QUALITY": "0.5"})
    assert settings["thumbnails.quality"] == 0.5
    with pytest.raises(ValueError, match="GALLERY_THUMBNAILS__QUALITY"):
        Settings.load(environ={"GALLERY_THUMBNAILS__QUALITY": "good"})
