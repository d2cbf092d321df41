"""The editor's settings: every key, and one message for each bad one."""

from __future__ import annotations

from pathlib import Path

import pytest

from repairlsp.server.configuration import Configuration, read


def test_nothing_said_is_the_defaults() -> None:
    for options in (None, {}, {"repairlsp": {}}, {"max_seconds": None}):
        assert read(options) == (Configuration(), ())


def test_the_editor_s_own_keys() -> None:
    options = {
        "trusted": False,
        "verify": "off",
        "automatic": False,
        "max-seconds": 3,
        "searchSeconds": 30,
        "unload_seconds": 0.5,
        "prefetch": True,
    }
    assert read({"repairlsp": options}) == read(options)
    configuration, warnings = read(options)
    assert warnings == ()
    assert configuration == Configuration(False, "off", False, 3.0, 30.0, 0.5, prefetch=True)


@pytest.mark.parametrize(
    ("options", "warning"),
    [
        ({"verify": "maybe"}, "verify must be \"tests\" or \"off\", not 'maybe'; using 'tests'"),
        ({"trusted": 1}, "trusted must be true or false, not 1; using True"),
        ({"max_seconds": "soon"}, "max_seconds must be a number of seconds above 0"),
        ({"max_seconds": -1}, "max_seconds must be a number of seconds above 0"),
        ({"sandbox": "jail"}, "sandbox must be one of"),
        ({"verfy": "off"}, 'unknown setting "verfy"'),
        ([1, 2], "are not a table"),
        ("off", "are not a table"),
    ],
)
def test_a_bad_value_is_one_warning_and_the_default(options: object, warning: str) -> None:
    configuration, warnings = read(options)
    assert configuration == Configuration()
    assert len(warnings) == 1
    assert warning in warnings[0]


def test_the_rest_is_kept_when_one_is_bad() -> None:
    configuration, warnings = read({"verify": 3, "automatic": False, "sandbox": "none"})
    assert len(warnings) == 1
    assert not configuration.automatic
    assert configuration.for_project(Path("/nowhere")).settings.sandbox == "none"


def test_the_editor_wins_over_the_project(tmp_path: Path) -> None:
    (tmp_path / "repairlsp.toml").write_text('test_command = "pytest -x"\ncandidates = 5\n')
    configuration, _ = read({"candidates": 9})
    settings = configuration.for_project(tmp_path).settings
    assert (settings.test_command, settings.candidates) == (("pytest", "-x"), 9)


def test_a_project_that_is_not_trusted_has_no_say(tmp_path: Path) -> None:
    (tmp_path / "repairlsp.toml").write_text('test_command = "evil"\nmodel = "./evil"\nx = 1\n')
    configuration, _ = read({"trusted": False})
    settings, warnings = configuration.for_project(tmp_path)
    assert settings.test_command == ("pytest", "-q")
    assert settings.model is None
    assert warnings == ()


def test_later_settings_are_laid_over_the_first() -> None:
    first, _ = read({"trusted": False, "candidates": 9})
    second, _ = read({"verify": "off"}, first)
    assert not second.trusted
    assert second.verify == "off"
    assert second.project_keys == {"candidates": 9}
