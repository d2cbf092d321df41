"""How much sooner is a fix there that was searched for ahead of time (`prefetch = true`)?

    python eval/bench/prefetching.py [--trials 10] [--output FILE.md]

A user saves a file that some tool has complained about, looks at the line for a while and asks for
the fix. Measured is the time from asking to the verified edit, with prefetch off and on, taking
turns; the test suite takes a fraction of a second, or three seconds. The bug is always the same,
the file another one every time, so that nothing is known from before but the loaded model.

A fix that is not verified, or another text than the right one, ends the benchmark.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil
from language_client import Buffer, Client, about_this_machine

PAUSES = (0.5, 2.0, 4.0, 8.0)
"""Seconds from the save to the question. The server waits one second before it begins."""
SUITES = {"0.1 s": 0.0, "3 s": 3.0}
"""What the tests sleep, beside what pytest takes."""
BUG = 4

SOURCE = """\
\"\"\"Ages.\"\"\"


def is_adult(age):
    return age > 18


def group(ages):
    return [age for age in ages if is_adult(age)]
"""
TESTS = """\
import time
from ages import group, is_adult

def test_slow(): time.sleep({seconds})
def test_18(): assert is_adult(18)
def test_17(): assert not is_adult(17)
def test_group(): assert group([3, 18, 40]) == [18, 40]
"""


@contextmanager
def editing(seconds: float, prefetch: bool) -> Iterator[tuple[Client, Buffer]]:
    """A server that has made one fix, and the open file."""
    with tempfile.TemporaryDirectory() as name:
        project = Path(name) / "project"
        project.mkdir()
        (project / "ages.py").write_text(SOURCE)
        (project / "test_ages.py").write_text(TESTS.format(seconds=seconds))
        client = Client(Path(name))
        client.initialize(project, max_seconds=60, prefetch=prefetch)
        buffer = Buffer(project / "ages.py")
        client.open(buffer)
        client.wait(client.request("codeAction/resolve", buffer.action(BUG)), 90)
        try:
            yield client, buffer
        finally:
            client.leave()


def trial(client: Client, buffer: Buffer, pause: float) -> float:
    """Seconds from asking to the edit."""
    client.notify("textDocument/didChange", buffer.typed(0, " "))
    client.notify("textDocument/didSave", {"textDocument": {"uri": buffer.uri}})
    (action, *_) = client.wait(client.request("textDocument/codeAction", buffer.question(BUG)))
    time.sleep(pause)
    number = client.request("codeAction/resolve", action)
    resolved = client.wait(number, 90)
    if resolved is None or "verified by" not in resolved["title"]:
        raise SystemExit(f"no verified fix: {client.replies.ended}")
    return client.took[number]


TEXT = """\
# A fix ahead of time

    python eval/bench/prefetching.py {words}

{about}; load {before:.1f} before and {after:.1f} after. Seconds from asking for the fix to the
verified edit, median of {trials} (longest in brackets), by the pause between saving the file and
asking. Off and on took turns.

| tests take | pause | off | on | off / on |
|---|---|---|---|---|
{rows}
"""


def rows(trials: int, pauses: Sequence[float], suites: Sequence[str]) -> Iterator[str]:
    for suite in suites:
        seconds = SUITES[suite]
        with editing(seconds, False) as off, editing(seconds, True) as on:
            for pause in pauses:
                taken: list[list[float]] = [[], []]
                for _ in range(trials):
                    for times, (client, buffer) in zip(taken, (off, on), strict=True):
                        times.append(trial(client, buffer, pause))
                medians = [statistics.median(times) for times in taken]
                cells = [f"{m:.2f} ({max(t):.2f})" for m, t in zip(medians, taken, strict=True)]
                ratio = f"{medians[0] / medians[1]:.1f}"
                yield f"| {suite} | {pause:g} s | {' | '.join(cells)} | {ratio} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--trials", type=int, default=10)
    parser.add_argument("--pauses", type=float, nargs="+", default=PAUSES)
    parser.add_argument("--suites", nargs="+", choices=SUITES, default=list(SUITES))
    parser.add_argument("--output", type=Path)
    options = parser.parse_args()
    before = psutil.getloadavg()[0]
    found = list(rows(options.trials, options.pauses, options.suites))
    text = TEXT.format(
        words=" ".join(sys.argv[1:]),
        about=about_this_machine(),
        before=before,
        after=psutil.getloadavg()[0],
        trials=options.trials,
        rows="\n".join(found),
    )
    print(text)
    if options.output:
        options.output.write_text(text)


if __name__ == "__main__":
    main()
