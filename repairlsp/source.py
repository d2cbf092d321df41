"""The text of one source file, byte-exact: encoding, byte-order mark and line ends survive edits."""

from __future__ import annotations

import codecs
import io
import re
import tokenize
from collections.abc import Iterable
from dataclasses import dataclass

from repairlsp.errors import PatchError
from repairlsp.types import Edit

# The line ends of the LSP specification. str.splitlines() also splits at form feed, U+0085,
# U+2028 and others, which neither LSP nor Python's own tokenizer does.
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file's text as lines, with what is needed to write the very same bytes back.

    `lines[i]` is line i+1 without its end, `ends[i]` its end: "\\n", "\\r\\n", "\\r", or "" for a
    last line without one. A text that ends in a line end has no empty last line.
    """

    lines: tuple[str, ...]
    ends: tuple[str, ...]
    encoding: str = "utf-8"
    bom: bytes = b""

    @classmethod
    def from_bytes(cls, data: bytes) -> SourceText:
        """Decode by byte-order mark or PEP 263 cookie, else UTF-8.

        Raises PatchError when the bytes are not valid in that encoding, or hold a NUL.
        """
        if b"\0" in data:
            raise PatchError("the file holds NUL bytes, so it is not a text file")
        try:
            encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        except SyntaxError as error:
            raise PatchError(
                f"the file's encoding is not known: {error}",
                "declare it in the first line (PEP 263) or save the file as UTF-8",
            ) from error
        bom = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
        encoding = "utf-8" if encoding == "utf-8-sig" else encoding
        try:
            text = data[len(bom) :].decode(encoding)
        except UnicodeDecodeError as error:
            raise PatchError(
                f"the file is not valid {encoding} (byte {error.start + len(bom)})",
                "declare its encoding in the first line (PEP 263) or save it as UTF-8",
            ) from error
        return cls.from_text(text, encoding, bom)

    @classmethod
    def from_text(cls, text: str, encoding: str = "utf-8", bom: bytes = b"") -> SourceText:
        lines, ends = [], []
        for whole in _LINE.findall(text):
            line = whole.rstrip("\r\n")
            lines.append(line)
            ends.append(whole[len(line) :])
        return cls(tuple(lines), tuple(ends), encoding, bom)

    @property
    def text(self) -> str:
        return "".join(line + end for line, end in zip(self.lines, self.ends, strict=True))

    @property
    def newline(self) -> str:
        """The line end that new lines get: the file's most common one, "\\n" for an empty file."""
        present = [end for end in self.ends if end]
        return max(sorted(set(present)), key=present.count) if present else "\n"

    def to_bytes(self) -> bytes:
        """The file's bytes. Raises PatchError when a character does not fit the encoding."""
        try:
            return self.bom + self.text.encode(self.encoding)
        except UnicodeEncodeError as error:
            raise PatchError(f"the patch does not fit the file's encoding: {error}") from error

    def apply(self, edits: Iterable[Edit]) -> SourceText:
        """A new text with the edits made; every line outside their spans keeps its bytes.

        The edits must not overlap. Raises PatchError when one does, or lies outside the text.
        """
        lines, ends = list(self.lines), list(self.ends)
        below = len(lines) + 1
        for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
            start, end = edit.span
            if not 1 <= start <= end <= below:
                raise PatchError(f"an edit of lines {start}-{end} does not fit the file")
            old_ends = ends[start - 1 : end - 1][: len(edit.lines)]
            ends[start - 1 : end - 1] = old_ends + [""] * (len(edit.lines) - len(old_ends))
            lines[start - 1 : end - 1] = edit.lines
            below = start
        ends = [end or self.newline for end in ends]
        if ends and self.ends and not self.ends[-1]:
            ends[-1] = ""  # the file had no final newline, and gets none
        return SourceText(tuple(lines), tuple(ends), self.encoding, self.bom)
