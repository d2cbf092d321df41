"""The model worker: `python -m repairlsp.models.worker FOLDER [options]`, a process of its own.

Reads requests from standard input and answers on standard output (`protocol` says how). A process
so that a cancel, a crash or an idle unload is a process event and never a hung editor. It ends
when its standard input closes or its parent dies, opens no socket, and writes no file.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from repairlsp.errors import CancelledError, ModelError
from repairlsp.models import catalog, manifest
from repairlsp.models.memory import is_no_memory
from repairlsp.models.protocol import BadRequestError, ErrorKind, PromptTooLongError
from repairlsp.sandbox.landlock import landlock_version, restrict_writes

Message = dict[str, Any]
_EXIT_BAD_MODEL = 3


def main(argv: list[str] | None = None) -> int:
    """Load the folder and answer until told to stop. Exit status 3: the model cannot be used."""
    # Importing the runtime is enough for it to leave an identifier in the user's cache folder and
    # to send a first event; this, set before, is the only switch that comes early enough.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    options = _options(argv)
    _tie_to_parent(options.parent)
    _give_up_writing()
    channel = Channel(*_take_standard_streams())
    if options.nice:
        os.nice(options.nice)
    folder = Path(options.folder)
    try:
        before = manifest.stamps(folder) if folder.is_dir() else {}
        is_ours = folder.resolve() == catalog.EMBEDDED.resolve()
        checked = manifest.check(folder, allow_hard_links=is_ours)
        # Imported here: it loads the model runtime, and a damaged folder is told without it.
        from repairlsp.models.service import Service

        service = Service(folder, checked, threads=options.threads, stop=channel.is_cancelled)
        if not is_ours and manifest.stamps(folder) != before:
            raise ModelError(
                f"the model folder {folder} was changed while it was loaded", "Try again."
            )
    except Exception as error:  # noqa: BLE001 (the runtime's libraries raise what they like)
        _tell_why_not(channel, folder, error)
        return _EXIT_BAD_MODEL
    while (request := channel.next_request()) is not None:
        _answer(channel, request, service.operations)
    return 0


def _tell_why_not(channel: Channel, folder: Path, error: Exception) -> None:
    """Why the model could not be loaded."""
    if is_no_memory(error):
        channel.fail(None, "out-of-memory", f"there is too little memory for {folder}")
    elif isinstance(error, ModelError):
        channel.fail(None, "bad-model", str(error), error.hint)
    else:
        what = f"the model runtime cannot be loaded: {type(error).__name__}: {error}"
        channel.fail(None, "bad-model", what, "Install repairlsp again.")


def _answer(
    channel: Channel, request: Message, operations: dict[str, Callable[..., Message]]
) -> None:
    number = request.pop("id")
    name = request.pop("op", None)
    operation = operations.get(name) if isinstance(name, str) else None
    if operation is None:
        channel.fail(number, "bad-request", f"there is no operation {name!r}")
        return
    try:
        channel.send({"id": number, "result": operation(request)})
    except BadRequestError as error:
        channel.fail(number, "bad-request", str(error))
    except PromptTooLongError as error:
        channel.fail(number, "prompt-too-long", str(error), error.hint)
    except CancelledError:
        channel.fail(number, "cancelled", "cancelled")
    except Exception as error:  # noqa: BLE001 (a bug or the runtime: told, and the worker lives on)
        kind: ErrorKind = "out-of-memory" if is_no_memory(error) else "internal"
        channel.fail(number, kind, f"{type(error).__name__}: {error}")


class Channel:
    """Requests in, replies out. A thread reads, so that a cancel is seen during a computation."""

    def __init__(self, incoming: IO[bytes], outgoing: IO[bytes]) -> None:
        self._outgoing = outgoing
        self._requests: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._cancelled: set[object] = set()
        self._current: object = None
        threading.Thread(target=self._read, args=(incoming,), daemon=True).start()

    def next_request(self) -> Message | None:
        """Wait for a request; None when the client said stop."""
        self._cancelled.discard(self._current)
        request = self._requests.get()
        self._current = request and request["id"]
        return request

    def is_cancelled(self) -> bool:
        """Has the client given up the request that is being computed?"""
        return self._current in self._cancelled

    def send(self, reply: Message) -> None:
        """Write one reply. Floats must be finite: JSON has no others."""
        line = json.dumps(reply, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        # Lone surrogates cannot come from a tokenizer; should they, they are escaped.
        self._outgoing.write(line.encode("utf-8", "backslashreplace") + b"\n")
        self._outgoing.flush()

    def fail(self, number: object, kind: ErrorKind, message: str, hint: str = "") -> None:
        """Write an error reply."""
        self.send({"id": number, "error": {"kind": kind, "message": message, "hint": hint}})

    def _read(self, incoming: IO[bytes]) -> None:
        for line in incoming:
            try:
                message = json.loads(line)
            except ValueError:
                message = None
            if not isinstance(message, dict) or not isinstance(message.get("id"), int):
                # Answered in its turn, by the thread that writes.
                self._requests.put({"id": None, "op": "(not a request)"})
            elif message.get("op") == "cancel":
                self._cancelled.add(message["id"])
            elif message.get("op") == "stop":
                self._requests.put(None)
            else:
                self._requests.put(message)
        # The client is gone: nobody would read what is being computed.
        os._exit(0)


def _give_up_writing() -> None:
    """Native code is about to read files that came from elsewhere, and has no reason to write any,
    nor to signal anybody. Before there are threads: it holds for this one and what it starts."""
    if landlock_version():
        restrict_writes([])


def _options(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m repairlsp.models.worker", description="Runs a model for repairlsp."
    )
    parser.add_argument("folder")
    parser.add_argument("--threads", type=int, help="default: physical cores")
    parser.add_argument("--nice", type=int, default=0, help="added to the niceness")
    parser.add_argument("--parent", type=int, help="process whose end ends this one")
    return parser.parse_args(argv)


def _take_standard_streams() -> tuple[IO[bytes], IO[bytes]]:
    """Our own copies of standard input and output; what native code prints goes to stderr."""
    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return incoming, outgoing


def _tie_to_parent(parent: int | None) -> None:
    """End with the parent even where it cannot close our input (killed, pipe inherited)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the client's; it stops us
    if sys.platform != "linux" or parent is None:
        return
    set_parent_death_signal = 1
    ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died before the line above
        os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
