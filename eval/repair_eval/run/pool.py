"""Processes of this machine, one task each: one that dies costs its own task and no other.

`concurrent.futures` gives up the whole pool when one process dies, and cannot end a task that
takes too long.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Self

from repair_eval.run.perform import Performer
from repair_eval.run.tasks import Broken, Done, Outcome, Task
from repairlsp.cli.interrupt import interruptible
from repairlsp.errors import CancelledError

_ORDERLY_SECONDS = 8.0
"""For a worker that is told to end: its tests, its model and its temporary folders go first."""


@dataclass
class _Worker:
    process: SpawnProcess
    pipe: Connection
    task: Task | None = None
    deadline: float = 0.0


class Pool:
    """`slots` worker processes; one that dies is replaced. They end with this process."""

    def __init__(self, slots: int) -> None:
        self.slots = slots
        self._context = multiprocessing.get_context("spawn")
        self._waiting: deque[Task] = deque()
        self._workers: list[_Worker] = []

    def submit(self, task: Task) -> None:
        """See `Executor`."""
        self._waiting.append(task)
        self._dispatch()

    def wait(self, seconds: float) -> list[Done]:
        """See `Executor`."""
        busy = {worker.pipe: worker for worker in self._workers if worker.task is not None}
        if not busy:
            return []
        until = min(worker.deadline for worker in busy.values()) - time.monotonic()
        ready = wait(list(busy), max(0.0, min(seconds, until)))
        done = [self._finished(busy[pipe]) for pipe in ready if isinstance(pipe, Connection)]
        done += [self._overdue(worker) for worker in self._workers.copy() if _is_late(worker)]
        self._dispatch()
        return done

    def __enter__(self) -> Self:
        # At once, so that they load while the caller looks at what there is to do: a second each.
        for _ in range(self.slots):
            self._start()
        return self

    def __exit__(self, *_: object) -> None:
        self._waiting.clear()
        for worker in self._workers:
            if worker.task is None:
                worker.pipe.close()  # seen at once; a signal only when it looks again
            else:
                _tell_to_end(worker)
        deadline = time.monotonic() + _ORDERLY_SECONDS
        for worker in self._workers:
            worker.process.join(max(0.0, deadline - time.monotonic()))
            _end(worker)
        self._workers.clear()

    def _dispatch(self) -> None:
        while self._waiting:
            worker = self._idle()
            if worker is None:
                return
            task = self._waiting.popleft()
            worker.task = task
            worker.deadline = time.monotonic() + task.seconds
            try:
                worker.pipe.send(task)
            except OSError:  # it died while idle: another gets the task
                worker.task = None
                self._waiting.appendleft(task)
                self._discard(worker)

    def _idle(self) -> _Worker | None:
        for worker in self._workers:
            if worker.task is None:
                return worker
        return self._start() if len(self._workers) < self.slots else None

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(theirs, os.getpid()), daemon=False)
        process.start()
        theirs.close()  # so that the end of the process is the end of the pipe
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _finished(self, worker: _Worker) -> Done:
        task, worker.task = worker.task, None
        assert task is not None
        try:
            outcome: Outcome = worker.pipe.recv()
        except (EOFError, OSError):
            self._discard(worker)
            outcome = Broken(f"the worker process ended ({_how(worker.process)})")
        return Done(task, outcome)

    def _overdue(self, worker: _Worker) -> Done:
        task, worker.task = worker.task, None
        assert task is not None
        _tell_to_end(worker)
        worker.process.join(_ORDERLY_SECONDS)
        self._discard(worker)
        return Done(task, Broken(f"no result within {task.seconds:g} s"))

    def _discard(self, worker: _Worker) -> None:
        _end(worker)
        self._workers.remove(worker)


def _is_late(worker: _Worker) -> bool:
    return worker.task is not None and time.monotonic() > worker.deadline


def _tell_to_end(worker: _Worker) -> None:
    if worker.process.is_alive():
        worker.process.terminate()


def _end(worker: _Worker) -> None:
    if worker.process.is_alive():
        worker.process.kill()
    worker.process.join()
    worker.pipe.close()


def _how(process: SpawnProcess) -> str:
    code = process.exitcode
    return f"signal {-code}" if code is not None and code < 0 else f"exit status {code}"


def _work(pipe: Connection, parent: int) -> None:
    """A worker process: tasks in, outcomes out, until the pipe or the parent ends."""
    with interruptible() as interruption:
        # A terminal's Ctrl-C goes to all of us, and is the parent's to handle.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        performer = Performer(interruption)
        try:
            _tie_to_parent(parent)
            while not interruption.is_set():
                # Asked in turns, because a signal does not end a blocking read.
                if not pipe.poll(0.5):
                    continue
                pipe.send(performer.perform(pipe.recv()))
        except (CancelledError, EOFError, OSError):
            return  # told to end, or nobody is left to tell
        finally:
            performer.close()


def _tie_to_parent(parent: int) -> None:
    """Be told to end when the parent dies, so that our own children and folders go too."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:  # it died before the line above
        raise EOFError
