"""Ctrl-C and friends as a cancel token, so that an end by signal is an orderly one."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from repairlsp.cli.messages import complain
from repairlsp.errors import RepairlspError
from repairlsp.types import CancelToken

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

# Cleaning up takes well under a second: end the tests, end the model, remove the copies. Until
# then a second Ctrl-C would only interrupt the cleaning; after that, something hangs.
_PATIENCE = 5.0


class Interruption:
    """A `CancelToken` that remembers which signal set it."""

    def __init__(self) -> None:
        self._signal: int | None = None
        self._since = 0.0

    def is_set(self) -> bool:
        return self._signal is not None

    @property
    def exit_code(self) -> int:
        """128 + the signal's number, as shells have it."""
        assert self._signal is not None
        return 128 + self._signal

    def __call__(self, number: int, frame: FrameType | None) -> None:
        """The signal handler: note the first signal, and lose patience some seconds later."""
        if self._signal is None:
            self._signal, self._since = number, time.monotonic()
        elif time.monotonic() - self._since > _PATIENCE:
            raise KeyboardInterrupt


def until_interrupted(work: Callable[[CancelToken], int], last_words: str) -> int:
    """The exit code of `work` or, where a signal ended it early, of the signal.

    `work` gets a token to ask, often, whether to go on, and raises a RepairlspError when it gives
    up, having cleaned up after itself. Main thread only.
    """
    with interruptible() as interruption:
        try:
            return work(interruption)
        except (RepairlspError, OSError):
            # What breaks while everything is being torn down is not news.
            if not interruption.is_set():
                raise
        complain(last_words)
        return interruption.exit_code


@contextmanager
def interruptible() -> Iterator[Interruption]:
    """Within the block, a signal to end sets the token instead. Main thread only."""
    interruption = Interruption()
    # A signal that our parent had us ignore stays ignored (nohup, a shell's background job).
    wanted = [number for number in _SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, interruption) for number in wanted}
    try:
        yield interruption
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
