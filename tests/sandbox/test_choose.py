"""Which sandbox `choose` takes, and what it says when there is none."""

import pytest

from repairlsp.errors import SandboxUnavailableError
from repairlsp.sandbox import bwrap_problem, choose, what_auto_means


@pytest.fixture
def without_bwrap(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    bwrap_problem.cache_clear()
    yield
    bwrap_problem.cache_clear()


@pytest.fixture
def broken_bwrap(monkeypatch, tmp_path):
    """A bwrap as on machines that forbid user namespaces."""
    program = tmp_path / "bwrap"
    program.write_text(
        "#!/bin/sh\necho 'bwrap: No permissions to create a namespace' >&2\nexit 1\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    bwrap_problem.cache_clear()
    yield
    bwrap_problem.cache_clear()


def test_auto_takes_bubblewrap_where_it_works():
    assert choose("auto").name == ("limits" if bwrap_problem() else "bwrap")


def test_auto_falls_back_to_limits(without_bwrap):
    assert choose("auto").name == "limits"


def test_auto_tries_bubblewrap_rather_than_trust_its_presence(broken_bwrap):
    assert choose("auto").name == "limits"


def test_asking_for_a_missing_bubblewrap_says_what_to_do(without_bwrap):
    with pytest.raises(SandboxUnavailableError, match="not installed") as error:
        choose("bwrap")
    assert "--sandbox limits" in error.value.hint


def test_asking_for_a_bubblewrap_that_does_not_work_repeats_its_words(broken_bwrap):
    with pytest.raises(SandboxUnavailableError, match="No permissions to create"):
        choose("bwrap")


def test_auto_says_in_one_line_what_it_is(broken_bwrap):
    """Check 23: and how to get a better one."""
    said = what_auto_means()
    assert said.startswith("limits: ")
    assert "tests can read your files" in said
    assert "No permissions to create a namespace" in said
    assert "install bubblewrap" in said
    assert "\n" not in said


def test_no_sandbox_at_all_is_an_error_with_what_to_do(monkeypatch):
    """Check 23: exit 2 (tests/cli checks the code), unless overridden in so many words."""
    monkeypatch.setattr("repairlsp.sandbox.choice.os.name", "nt")
    for mode in ("auto", "limits", "bwrap"):
        with pytest.raises(SandboxUnavailableError) as error:
            choose(mode)
        assert "--sandbox none" in error.value.hint
    assert choose("none").name == "none"


@pytest.mark.parametrize("mode", ["limits", "none"])
def test_the_mode_asked_for(mode):
    assert choose(mode).name == mode
