"""The model, as the rest of repairlsp sees it: `ModelWorker`, and nothing of the runtime.

This is the class you want. It starts the worker process at the first request, and again after a
crash or an unload.
"""

from __future__ import annotations

import itertools
import math
import queue
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn, Self

from repairlsp.errors import CancelledError, ModelError
from repairlsp.models import memory
from repairlsp.models.process import Message, WorkerProcess
from repairlsp.models.protocol import ModelInfo, PromptTooLongError, Score, Suggestion, Usage
from repairlsp.types import CancelToken

__all__ = ["ModelInfo", "ModelWorker", "PromptTooLongError", "Score", "Suggestion", "Usage"]

_START_SECONDS = 120.0
"""For loading a model of several GB from a cold disk; the embedded one takes about a second."""
_REQUEST_SECONDS = 120.0
_POLL_SECONDS = 0.02
_STOP_SECONDS = 1.0
"""A cancelled worker that has not stopped by then is killed."""
_AGAIN = "Ask again: the worker starts anew. If it keeps ending, run `repairlsp doctor`."


class ModelWorker:
    """A model folder and the process that runs it.

    Thread-safe: requests are computed one at a time, the others wait. Every request takes
    `seconds` (waiting its turn included, starting the worker not), after which the worker is
    killed and ModelError raised; and `cancel`, asked every 20 ms, upon which CancelledError is
    raised within a second and the worker is free again. ModelError also means a damaged folder
    or a worker that died; the request after it starts a new one.

    `threads` defaults to the physical cores; `niceness` is added to this process's. `usage` adds up
    what all suggestions took.
    """

    def __init__(self, folder: Path, *, threads: int | None = None, niceness: int = 0) -> None:
        self.usage = Usage()
        self.folder = folder.absolute()  # the worker has a working directory of its own
        self._threads = threads
        self._niceness = niceness
        self._lock = threading.Lock()
        self._process: WorkerProcess | None = None
        self._is_ready = False
        self._info: ModelInfo | None = None
        self._numbers = itertools.count(1)
        self._closed = False
        self._last_used = time.monotonic()

    # ----------------------------------------------------------------- requests

    def hello(
        self, *, seconds: float = _REQUEST_SECONDS, cancel: CancelToken | None = None
    ) -> ModelInfo:
        """What the worker has loaded, and its memory now. Starts it."""
        return ModelInfo(**self._request({"op": "hello"}, seconds, cancel))

    def suggest(
        self,
        prompt: str,
        *,
        beams: int = 16,
        max_new_tokens: int = 96,
        seconds: float = _REQUEST_SECONDS,
        cancel: CancelToken | None = None,
    ) -> list[Suggestion]:
        """The up to `beams` likeliest answers of at most `max_new_tokens` tokens, best first.

        Raises PromptTooLongError where the prompt fills the model's context.
        """
        request = {
            "op": "suggest",
            "prompt": prompt,
            "beams": beams,
            "max_new_tokens": max_new_tokens,
        }
        result = self._request(request, seconds, cancel)
        self.usage = self.usage.plus(Usage(**result["usage"]))
        return [Suggestion(**each) for each in result["suggestions"]]

    def score(
        self,
        prompt: str,
        continuations: Sequence[str],
        *,
        ended: bool = True,
        seconds: float = _REQUEST_SECONDS,
        cancel: CancelToken | None = None,
    ) -> list[Score]:
        """The log-likelihood of each continuation, in their order, the end token included.

        Unless `ended`: then it is that of all answers which begin with the continuation.

        Continuations are tokenised apart from the prompt, so the prompt should end where a token
        must end, with a special token. The prompt stays cached between requests: asking in
        batches costs nothing. Raises PromptTooLongError as `suggest` does.
        """
        if not continuations:
            return []
        request = {
            "op": "score",
            "prompt": prompt,
            "continuations": list(continuations),
            "ended": ended,
        }
        result = self._request(request, seconds, cancel)
        return [_score(**each) for each in result["scores"]]

    # ----------------------------------------------------------------- the process

    @property
    def pid(self) -> int | None:
        """The worker's process id; None while it is not running."""
        process = self._process
        return process.pid if process else None

    def warm_up(self) -> None:
        """Let the worker load its model while other things are done. Never waits, raises nothing:
        the first request tells what went wrong."""
        if not self._lock.acquire(blocking=False):
            return  # it is at work already
        try:
            if self._process is None and not self._closed:
                self._started()
                self._last_used = time.monotonic()
        except ModelError:
            pass
        finally:
            self._lock.release()

    def unload(self) -> None:
        """End the worker, once it has answered what it is computing. A request starts it again."""
        with self._lock:
            self._end()

    def unload_if_idle(self, seconds: float) -> bool:
        """End the worker if its last request ended that long ago. Never waits. True: ended now."""
        if not self._lock.acquire(blocking=False):
            return False
        try:
            if self.pid is None or time.monotonic() - self._last_used < seconds:
                return False
            self._end()
            return True
        finally:
            self._lock.release()

    def close(self) -> None:
        """End the worker at once, for good; what it was computing raises ModelError."""
        self._closed = True
        if process := self._process:
            process.kill()
        self.unload()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    # ----------------------------------------------------------------- inside

    def _request(self, message: Message, seconds: float, cancel: CancelToken | None) -> Any:
        """The `result` of one request; raises as the class says."""
        deadline = time.monotonic() + seconds
        with self._turn(deadline, cancel):
            left = deadline - time.monotonic()  # before the start, which has its own limit
            process = self._running(cancel)
            return self._exchange(process, message, left, cancel)

    @contextmanager
    def _turn(self, deadline: float, cancel: CancelToken | None) -> Iterator[None]:
        while not self._lock.acquire(timeout=_POLL_SECONDS):
            if cancel is not None and cancel.is_set():
                raise CancelledError
            if time.monotonic() > deadline:
                raise ModelError(
                    "the model is busy with other requests", "Wait for them, or cancel them."
                )
        try:
            yield
        finally:
            self._last_used = time.monotonic()
            self._lock.release()

    def _running(self, cancel: CancelToken | None) -> WorkerProcess:
        """The worker, started and its model loaded."""
        if self._closed:
            raise ModelError("the model worker was closed")
        if self._process is not None and self._process.pid is None:
            self._end()  # it died while nobody asked it anything
        process = self._process or self._started()
        if not self._is_ready:
            self._exchange(process, {"op": "hello"}, _START_SECONDS, cancel)
            self._is_ready = True
        return process

    def _started(self) -> WorkerProcess:
        process = WorkerProcess(self.folder, threads=self._threads, niceness=self._niceness)
        process.start()
        self._process, self._is_ready = process, False
        return process

    def _exchange(
        self, process: WorkerProcess, message: Message, seconds: float, cancel: CancelToken | None
    ) -> Any:
        number = next(self._numbers)
        process.send({"id": number, **message})
        deadline = time.monotonic() + seconds
        while True:
            if cancel is not None and cancel.is_set():
                self._give_up(process, number)
                raise CancelledError
            if time.monotonic() > deadline:
                self._end()
                raise ModelError(
                    f"the model did not answer within {seconds:.0f} s and was stopped",
                    "Use a smaller model, a shorter prompt or fewer beams.",
                )
            try:
                reply = process.replies.get(timeout=_POLL_SECONDS)
            except queue.Empty:
                continue
            if reply is None:
                self._end()
                if self._closed:
                    raise ModelError("the model worker was closed")
                raise _lost(process)
            if reply.get("id") not in (number, None):
                continue
            if "error" in reply:
                self._raise(reply["error"])
            return reply["result"]

    def _give_up(self, process: WorkerProcess, number: int) -> None:
        """Cancel the request; the worker is idle or ended afterwards."""
        process.send({"id": number, "op": "cancel"})
        deadline = time.monotonic() + _STOP_SECONDS
        while (left := deadline - time.monotonic()) > 0:
            try:
                reply = process.replies.get(timeout=left)
            except queue.Empty:
                break
            if reply is None:
                break
            if reply.get("id") == number:
                return
        self._end()

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process = None

    def _raise(self, error: dict[str, str]) -> NoReturn:
        kind, message, hint = error.get("kind"), error["message"], error.get("hint", "")
        if kind == "prompt-too-long":
            raise PromptTooLongError(message, hint)
        if kind == "bad-model":
            self._end()
            raise ModelError(message, hint)
        if kind == "bad-request":
            raise ModelError(f"the model worker refused the request: {message}", hint)
        if kind == "out-of-memory":
            self._end()
            raise ModelError(f"the model ran out of memory: {message}", memory.HINT)
        raise ModelError(f"the model worker failed: {message}", hint or _AGAIN)


def _lost(process: WorkerProcess) -> ModelError:
    """What to say of a worker that ended without being asked to."""
    how = process.epitaph()
    if memory.tells_of_no_memory(how):
        return ModelError(f"the model worker ran out of memory ({how})", memory.HINT)
    hint = _AGAIN
    if process.was_killed:
        hint += (
            " Where memory ran out, the system ended it: close something, or take a smaller one."
        )
    return ModelError(f"the model worker ended ({how})", hint)


def _score(log_likelihood: float | None, tokens: int) -> Score:
    return Score(-math.inf if log_likelihood is None else log_likelihood, tokens)
