"""Where log records go: standard error, the client and, if the user names one, a file."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path

from lsprotocol import types

FILE_BYTES = 1 << 20
OLD_FILES = 3

_FORMAT = "%(levelname)s %(name)s: %(message)s"
_TYPES = {logging.ERROR: types.MessageType.Error, logging.WARNING: types.MessageType.Warning}

ours = logging.getLogger("repairlsp")


def to_standard_error() -> None:
    """Warnings of all libraries; everything that we say ourselves goes on to the other places."""
    logging.basicConfig(stream=sys.stderr, format=_FORMAT)
    logging.getLogger().handlers[0].setLevel(logging.WARNING)


class ClientHandler(logging.Handler):
    """Sends our records with `window/logMessage`: warnings, and all of them while the client
    traces (`$/setTrace`). Records come from any thread."""

    def __init__(self, notify: Callable[[str, types.LogMessageParams], None]) -> None:
        super().__init__(logging.WARNING)
        self._notify = notify
        self._loop = asyncio.get_running_loop()

    def trace(self, value: types.TraceValue) -> None:
        """How much the client wants to hear."""
        off = value == types.TraceValue.Off
        self.setLevel(logging.WARNING if off else logging.DEBUG)
        ours.setLevel(logging.INFO if off else logging.DEBUG)

    def emit(self, record: logging.LogRecord) -> None:
        kind = _TYPES.get(record.levelno, types.MessageType.Log)
        params = types.LogMessageParams(kind, self.format(record))
        try:
            self._loop.call_soon_threadsafe(self._notify, types.WINDOW_LOG_MESSAGE, params)
        except RuntimeError:
            return  # the loop is closed: we are leaving


class LogFile:
    """The file that the user's setting `log_file` names; at most 1 MiB, and three older ones."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._handler: logging.Handler | None = None

    def use(self, path: Path | None) -> str:
        """Log to `path` from here on, or to no file. Returns what is wrong with it, or nothing."""
        if path == self._path:
            return ""
        self._path = path
        if self._handler is not None:
            ours.removeHandler(self._handler)
            self._handler.close()
            self._handler = None
        if path is None:
            return ""
        try:
            handler = RotatingFileHandler(path, "a", FILE_BYTES, OLD_FILES, "utf-8")
        except OSError as error:
            return f"there is no log file: {error}; set log_file to a file in a folder that exists"
        handler.setFormatter(logging.Formatter("%(asctime)s " + _FORMAT))
        ours.addHandler(handler)
        self._handler = handler
        return ""
