"""Run the candidates of a history, within a bound of time, and keep those that are defects."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from typing import NamedTuple

from repair_eval.importers import Destination, NotImported, Outcome, place, tried
from repair_eval.mine.history import History, Mined, Mining
from repairlsp.errors import CancelledError
from repairlsp.sandbox import NEVER, Sandbox
from repairlsp.types import CancelToken


class Step(NamedTuple):
    """How far the mining is: `looked` of `total` commits. `outcome` is that of the last one, None
    where it was no candidate; `mined` says where a defect came from."""

    looked: int
    total: int
    outcome: Outcome | None
    mined: Mined | None


def mine(
    mining: Mining, destination: Destination, sandbox: Sandbox, cancel: CancelToken = NEVER
) -> Iterator[Step]:
    """Write the defects below `destination.staging`, the newest first, and answer after each
    commit. Ends early, with what is there, when the time is over.

    Raises CancelledError on a cancel; what is in `staging` then is whole.
    """
    until = _Until(cancel, time.monotonic() + mining.seconds)
    taken: set[str] = set()
    with History(mining) as history, closing(history.candidates()) as candidates:
        for looked, candidate in enumerate(candidates, 1):
            outcome: Outcome | None = None
            if isinstance(candidate, Mined):
                placed = place(candidate.draft, destination, taken)
                if isinstance(placed, NotImported):
                    outcome = placed
                else:
                    try:
                        outcome = tried(placed.draft, placed.folder, sandbox, until)
                    except CancelledError:
                        if cancel.is_set():
                            raise
                        return
            else:
                outcome = candidate
            mined = candidate if isinstance(candidate, Mined) else None
            yield Step(looked, history.total, outcome, mined)
            if cancel.is_set():
                raise CancelledError
            if until.is_set():
                return


class _Until:
    """A token that is also set when a moment has passed."""

    def __init__(self, cancel: CancelToken, end: float) -> None:
        self._cancel = cancel
        self._end = end

    def is_set(self) -> bool:
        return self._cancel.is_set() or time.monotonic() > self._end
