"""Signals as a cancel token. The whole command under signals is in test_fix_interrupted.py."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import pytest

from tests.cli.command import environment

# Waits for the token, says which signal it was, and goes on cleaning for a second.
WORKER = """
import sys, time
from repairlsp.cli.interrupt import interruptible
with interruptible() as interruption:
    print("ready", flush=True)
    while not interruption.is_set():
        time.sleep(0.01)
    print("cleaning", flush=True)
    time.sleep(1)
    print("cleaned", flush=True)
sys.exit(interruption.exit_code)
"""


def start(before: str = "") -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", before + WORKER],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_sets_the_token_and_a_second_one_disturbs_nothing(number: signal.Signals) -> None:
    with start() as process:
        assert process.stdout
        process.send_signal(number)
        assert process.stdout.readline() == "cleaning\n"
        process.send_signal(number)
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=30)
    assert (output, errors, process.returncode) == ("cleaned\n", "", 128 + number)


def test_a_signal_that_is_ignored_stays_ignored() -> None:
    nohup = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)"
    with start(nohup) as process:
        assert process.stdout
        process.send_signal(signal.SIGHUP)
        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=30)
    assert (output, process.returncode) == ("cleaning\ncleaned\n", 128 + signal.SIGTERM)


def test_when_cleaning_hangs_a_later_signal_gets_through() -> None:
    impatient = "import repairlsp.cli.interrupt as i; i._PATIENCE = 0.2"
    with start(impatient) as process:
        assert process.stdout
        process.send_signal(signal.SIGINT)
        assert process.stdout.readline() == "cleaning\n"
        time.sleep(0.4)
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=30)
    assert output == ""
    assert "KeyboardInterrupt" in errors
