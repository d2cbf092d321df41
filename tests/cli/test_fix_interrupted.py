"""`repairlsp fix` ended by a signal at any stage: the project untouched, nothing left, 128 + n."""

from __future__ import annotations

import os
import pty
import random
import re
import select
import signal
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cli.command import REPAIRLSP, environment, snapshot
from tests.cli.leftovers import nothing_left

# Long enough to be met at every stage: one slow test, and failures that no small edit repairs.
FILES = {
    "shop.py": """\
def total(prices, discount=0):
    if not prices:
        return 0
    amount = sum(prices)
    for price in prices:
        amount += price * discount
    if amount < 0:
        raise ValueError("shipping, taxes, and so on")
    return round(amount, 2)
""",
    "test_shop.py": """\
import time
from shop import total

def test_nothing():
    time.sleep(0.7)
    assert total([]) == 0

def test_all_sorts():
    assert total([10, 20], discount=0.5) == 7.31
    assert total([10, 20], discount=0.1) == 99
""",
}


class Ended(NamedTuple):
    code: int
    output: str
    screen: str
    seconds: float


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text)
    return folder


class Terminal:
    """A `repairlsp fix --apply` whose standard error is a terminal, as its own process group."""

    def __init__(self, project: Path, temporary: Path) -> None:
        self._screen, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [*REPAIRLSP, "fix", "--apply", "--max-seconds", "600"],
            cwd=project,
            env=environment(TMPDIR=str(temporary), TERM="xterm", COLUMNS="80"),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        self.seen = ""

    def wait_for(self, words: str, seconds: float = 240.0) -> None:
        """Watch the progress line until it says that."""
        deadline = time.monotonic() + seconds
        while not re.search(words, self.seen):
            assert time.monotonic() < deadline, self.seen[-200:]
            self._read(0.1)

    def strike(self, number: int) -> None:
        """The signal to the whole group, as a terminal sends it for Ctrl-C."""
        os.killpg(self.process.pid, number)

    def end(self) -> Ended:
        """Wait for the end, which must come soon (this machine may be busy with other things)."""
        start = time.monotonic()
        while self.process.poll() is None:
            self._read(0.05)
            assert time.monotonic() - start < 20.0, self.seen[-200:]
        seconds = time.monotonic() - start
        while self._read(0.0):
            pass
        assert self.process.stdout
        output = self.process.stdout.read().decode()
        self.process.stdout.close()
        os.close(self._screen)
        return Ended(self.process.returncode, output, self.seen, seconds)

    def _read(self, seconds: float) -> bool:
        if not select.select([self._screen], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._screen, 65536)
        except OSError:  # Linux: the other end was closed
            return False
        self.seen += data.decode(errors="replace")
        return bool(data)


def visible(screen: str) -> str:
    """What is left on the screen in the end: after the last erased line, without escapes."""
    rest = re.split(r"\x1b\[2K", screen)[-1]
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\r", "", rest).strip()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("stage", ["running the tests", "checking candidates"])
def test_a_signal_at_a_stage(
    stage: str, number: signal.Signals, project: Path, temporary: Path
) -> None:
    before = snapshot(project)
    with nothing_left(temporary):
        terminal = Terminal(project, temporary)
        terminal.wait_for(stage)
        terminal.strike(number)
        ended = terminal.end()
    assert ended.code == 128 + number
    assert ended.output == ""
    assert visible(ended.screen) == "repairlsp: interrupted; nothing was changed"
    assert snapshot(project) == before


def test_a_second_and_third_ctrl_c_disturb_nothing(project: Path, temporary: Path) -> None:
    before = snapshot(project)
    with nothing_left(temporary):
        terminal = Terminal(project, temporary)
        terminal.wait_for("checking candidates")
        for _ in range(3):
            terminal.strike(signal.SIGINT)
            time.sleep(0.03)
        ended = terminal.end()
    assert ended.code == 130
    assert visible(ended.screen) == "repairlsp: interrupted; nothing was changed"
    assert snapshot(project) == before


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_a_signal_at_any_moment(seed: int, project: Path, temporary: Path) -> None:
    """From the first instructions of the interpreter on. Before we are in charge of signals, a
    process ends by the signal itself; there is nothing to clean up then."""
    chance = random.Random(seed)
    number = chance.choice([signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    before = snapshot(project)
    with nothing_left(temporary):
        terminal = Terminal(project, temporary)
        time.sleep(chance.uniform(0.0, 6.0))
        terminal.strike(number)
        ended = terminal.end()
    by_python = "init_import_site" in ended.screen  # Ctrl-C before it had any code of ours
    assert ended.code in (128 + number, -number) or by_python, ended.screen[-200:]
    assert ended.output == ""
    assert snapshot(project) == before
