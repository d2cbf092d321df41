"""Writes source code with indentation."""

import io
import textwrap
from contextlib import contextmanager


class Unsupported(Exception):
    """A type that cannot be written in the target language."""


class CodeWriter:
    """Collects lines; those in a block are indented by four columns more."""

    def __init__(self):
        self._out = io.StringIO()
        self._depth = 0
        self._blank = False

    def line(self, text=""):
        """Write a line. An empty line waits until another follows, so that none ends a block."""
        if not text:
            self._blank = True
            return
        if self._blank:
            self._out.write("\n")
            self._blank = False
        self._out.write("    " * self._depth + text + "\n")

    def lines(self, text):
        for line in textwrap.dedent(text).strip().splitlines():
            self.line(line)

    @contextmanager
    def block(self, head):
        """Write the head of a block; what is written inside of `with` is its body. The block ends
        with the `with`, in whatever way that is left.
        """
        self.line(head)
        self._blank = False
        self._depth += 1
        try:
            yield self
        finally:
            self._depth -= 1
            self._blank = False

    def text(self):
        return self._out.getvalue()


_TYPES = {"string": "str", "integer": "int", "number": "float", "flag": "bool"}


def write_record(writer, name, fields):
    """Write a dataclass for {field: type}. Raises Unsupported for an unknown type."""
    writer.line("@dataclass")
    with writer.block(f"class {name}:"):
        for field, kind in fields.items():
            if kind not in _TYPES:
                raise Unsupported(f"{name}.{field}: {kind}")
            writer.line(f"{field}: {_TYPES[kind]}")


def write_module(records):
    """A module with a dataclass for each record that can be written, and a comment for others."""
    writer = CodeWriter()
    writer.line("from dataclasses import dataclass")
    for name, fields in records.items():
        writer.line()
        try:
            write_record(writer, name, fields)
        except Unsupported as problem:
            writer.line(f"# not supported: {problem}")
    return writer.text()
