"""A command's output, kept within bounds: the beginning and the end, which say the most."""

from __future__ import annotations

import contextlib
import os
import subprocess

_HALF = 128 * 1024  # bytes kept of the beginning, and of the end


class CappedOutput:
    """Collects bytes; of a long output the middle is left out."""

    def __init__(self, half: int = _HALF) -> None:
        self._half = half
        self._head = bytearray()
        self._tail = bytearray()
        self._left_out = 0

    def add(self, data: bytes) -> None:
        room = self._half - len(self._head)
        if room > 0:
            self._head += data[:room]
            data = data[room:]
        self._tail += data
        excess = len(self._tail) - self._half
        if excess > 0:
            del self._tail[:excess]
            self._left_out += excess

    def read(self, descriptor: int) -> bool:
        """Add what can be read without waiting; False at the end of the file."""
        with contextlib.suppress(BlockingIOError):
            data = os.read(descriptor, 65536)
            self.add(data)
            return bool(data)
        return True

    def drain(self, process: subprocess.Popen[bytes]) -> None:
        """Add what the pipe still holds, and close it though others may hold its other end."""
        assert process.stdout is not None
        with process.stdout as pipe:
            os.set_blocking(pipe.fileno(), False)
            for _ in range(64):  # a pipe holds 64 KiB; a survivor must not keep us here
                data = os.read(pipe.fileno(), 65536)
                if not data:
                    break
                self.add(data)

    def text(self) -> str:
        """The output as text; bytes that are not UTF-8 become U+FFFD."""
        gap = f"\n[... {self._left_out} bytes left out ...]\n".encode() if self._left_out else b""
        return (bytes(self._head) + gap + bytes(self._tail)).decode("utf-8", "replace")
