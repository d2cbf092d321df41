"""Progress of a repair on standard error: one line that a terminal sees, and nobody else; and the
patches that are found while the search goes on."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from repairlsp.cli.early import early_lines
from repairlsp.cli.terminal import is_terminal
from repairlsp.types import Observer, Progress

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table


@contextmanager
def shown_progress() -> Iterator[Observer]:
    """An observer that keeps one line up to date while the block runs, then wipes it out.

    Where standard error is not a terminal it shows only what was found on the way: a log wants
    results, not frames.
    """
    if not is_terminal(sys.stderr):
        yield _Log().show
        return
    from rich.console import Console
    from rich.live import Live

    console = Console(stderr=True, highlight=False, markup=False, emoji=False)
    line = _Line(console)
    # The line may come from any thread; Live draws it from a thread of its own, 10 times a second.
    with Live(line, console=console, transient=True, refresh_per_second=10):
        yield line.show


class _Log:
    """Tells of the first patch that is found while the search goes on, and nothing else."""

    _told = False

    def show(self, progress: Progress) -> None:
        if progress.patch is not None and not self._told:
            self._told = True
            self._write("\n".join(early_lines(progress.patch)))

    def _write(self, text: str) -> None:
        print(text, file=sys.stderr)


class _Line(_Log):
    """`⠹ checking candidates  17/345  4.2 s`, cut to the terminal's width."""

    def __init__(self, console: Console) -> None:
        from rich.spinner import Spinner

        self._spinner = Spinner("line" if console.options.ascii_only else "dots", style="cyan")
        self._console = console
        self._start = time.monotonic()
        self._latest: Progress | None = None

    def show(self, progress: Progress) -> None:
        self._latest = progress
        super().show(progress)

    def _write(self, text: str) -> None:
        self._console.print(text, soft_wrap=True)

    def __rich__(self) -> Table:
        from rich.table import Table
        from rich.text import Text

        from repairlsp.formats.words import printable, seconds

        latest = self._latest
        told = printable(latest.message) if latest else "starting"
        line = Table.grid(padding=(0, 1))
        for _ in range(4):
            line.add_column(no_wrap=True)
        line.add_row(
            self._spinner,
            Text(told, overflow="ellipsis"),
            Text(_done(latest) if latest else "", "bold"),
            Text(seconds(time.monotonic() - self._start), "dim"),
        )
        return line


def _done(progress: Progress) -> str:
    if progress.total is not None:
        return f"{progress.done}/{progress.total}"
    return str(progress.done) if progress.done else ""
