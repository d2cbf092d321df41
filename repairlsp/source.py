"""The text of one source file, byte-exact: encoding, byte-order mark, line ends survive edits."""

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

_SAVE_AS_UTF8 = "declare its encoding in the first line (PEP 263) or save the file as UTF-8"


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

        Raises PatchError when the bytes are not valid in that encoding, would not come out of it
        the same (UTF-7 and other codecs spell one text in several ways), or hold a NUL.
        """
        if b"\0" in data:
            raise PatchError("the file holds NUL bytes, so it is not a text file")
        try:
            # detect_encoding() knows "\n" alone as a line end; Python itself knows the others too.
            unix = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            encoding, _ = tokenize.detect_encoding(io.BytesIO(unix).readline)
        except SyntaxError as error:
            raise PatchError(f"the file's encoding is not known: {error}", _SAVE_AS_UTF8) from error
        bom = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
        encoding = "utf-8" if encoding == "utf-8-sig" else encoding
        try:
            text = data[len(bom) :].decode(encoding)
            same = text.encode(encoding) == data[len(bom) :]
        except (UnicodeError, LookupError) as error:
            at = (
                f" (byte {error.start + len(bom)})" if isinstance(error, UnicodeDecodeError) else ""
            )
            raise PatchError(f"the file is not valid {encoding}{at}", _SAVE_AS_UTF8) from error
        if not same:
            raise PatchError(f"the file cannot be written back in {encoding}", _SAVE_AS_UTF8)
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

        Only the last line of a text without a final newline gets one, when lines are put below
        it, which then end without. Insertions at one place stand in the order given. The edits
        must not overlap. Raises PatchError when two do, when one lies outside the text, or when
        a new line is not one line.
        """
        lines, ends = list(self.lines), list(self.ends)
        count = below = len(lines) + 1
        replaces_last = False
        for edit in sorted(edits, key=lambda edit: edit.span)[::-1]:
            start, end = edit.span
            if not 1 <= start <= end <= below:
                raise PatchError(f"an edit of lines {start}-{end} does not fit the file")
            if any("\n" in line or "\r" in line for line in edit.lines):
                raise PatchError("a new line holds a line end")
            old_ends = ends[start - 1 : end - 1][: len(edit.lines)]
            ends[start - 1 : end - 1] = old_ends + [""] * (len(edit.lines) - len(old_ends))
            lines[start - 1 : end - 1] = edit.lines
            replaces_last |= bool(edit.lines) and end == count
            below = start
        unfinished = bool(self.ends) and not self.ends[-1]
        last_as_it_was = bool(ends) and not ends[-1]
        ends = [end or self.newline for end in ends]
        if ends and unfinished and (replaces_last or last_as_it_was):
            ends[-1] = ""  # the file had no final newline, and gets none
            if not lines[-1]:
                del lines[-1], ends[-1]
        edited = SourceText(tuple(lines), tuple(ends), self.encoding, self.bom)
        if "\r" in ends and SourceText.from_text(edited.text).lines != edited.lines:
            raise PatchError("the patch would join a lone carriage return and a line feed")
        return edited
