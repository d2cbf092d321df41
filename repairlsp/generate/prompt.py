"""Prompt formats: what a model family reads and writes. The formats are data, in `prompts/`."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import jinja2

from repairlsp.errors import ModelError


class LineEdit(NamedTuple):
    """Replace lines [start, end) of a prompt's function, counted from 1, by `lines`."""

    start: int
    end: int
    lines: tuple[str, ...]


def line_edits(before: Sequence[str], after: Sequence[str]) -> tuple[LineEdit, ...]:
    """The edits that turn `before` into `after`, in order: the form that models are taught."""
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    return tuple(
        LineEdit(start + 1, end + 1, tuple(after[new_start:new_end]))
        for tag, start, end, new_start, new_end in matcher.get_opcodes()
        if tag != "equal"
    )


@dataclass(frozen=True)
class PromptFormat:
    """A prompt template and the form of its answers."""

    family: str
    template: jinja2.Template
    pointer: str
    end: str
    special_tokens: tuple[str, ...]
    max_lines: int
    max_message_characters: int
    messages: re.Pattern[str]

    @property
    def all_special_tokens(self) -> tuple[str, ...]:
        """The named ones, then a pointer for each line number. One past the last line counts."""
        pointers = (self.pointer.format(line) for line in range(1, self.max_lines + 2))
        return (*self.special_tokens, *pointers)

    def render(self, lines: Sequence[str], marked: Collection[int], message: str) -> str:
        """The prompt for a function's lines. `marked` counts from 1.

        A message of a kind that the model was not taught is left out.

        Raises ValueError when there are more lines than the format can number.
        """
        if len(lines) > self.max_lines:
            raise ValueError(f"{len(lines)} lines; {self.family} numbers {self.max_lines}")
        message = message if self.messages.search(message) else ""
        message = " ".join(message.split())[: self.max_message_characters]
        return self.template.render(
            lines=[_disarm(line) for line in lines], marked=marked, message=_disarm(message)
        )

    def answer(self, edits: Sequence[LineEdit]) -> str:
        """The answer that makes the edits, with its end mark."""
        parts = [
            self.pointer.format(edit.start)
            + self.pointer.format(edit.end)
            + "\n".join(_disarm(line) for line in edit.lines)
            for edit in edits
        ]
        return "".join(parts) + self.end

    def parse(self, answer: str, line_count: int) -> tuple[LineEdit, ...] | None:
        """The edits of an answer; None when it is malformed or points outside the function.

        Text after the end mark is ignored. An answer that changes nothing has no edits.
        """
        body = answer.split(self.end, 1)[0]
        pattern = re.escape(self.pointer).replace(r"\{\}", r"(\d+)")
        pieces = re.split(f"{pattern}{pattern}", body)
        if pieces[0].strip():
            return None
        edits = []
        below = 1
        for start_text, end_text, text in zip(*(pieces[at::3] for at in (1, 2, 3)), strict=True):
            if max(len(start_text), len(end_text)) > 9:
                return None  # int() refuses numbers of thousands of digits
            start, end = int(start_text), int(end_text)
            if not below <= start <= end <= line_count + 1 or re.search(pattern, text):
                return None
            lines = tuple(_rearm(text).split("\n")) if text else ()
            edits.append(LineEdit(start, end, lines))
            below = end
        return tuple(edits)


# Source text that spells a special token must not become one.
def _disarm(text: str) -> str:
    return text.replace("<|", "<\u200b|")


def _rearm(text: str) -> str:
    return text.replace("<\u200b|", "<|")


_DATA = Path(__file__).parent.parent / "prompts"
_CHECKOUT_DATA = Path(__file__).parent.parent.parent / "prompts"


@cache
def load(family: str) -> PromptFormat:
    """The prompt format of a model family. Raises ModelError when there is none, or it is bad."""
    folder = _DATA if _DATA.is_dir() else _CHECKOUT_DATA
    path = folder / f"{family}.toml"
    if not path.is_file() or path.parent != folder:
        known = ", ".join(sorted(file.stem for file in folder.glob("*.toml")))
        raise ModelError(f"no prompt format named {family!r}", f"there are: {known}")
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
        if data["schema_version"] != 1:
            raise ModelError(f"{path.name}: schema_version {data['schema_version']} is not known")
        environment = jinja2.Environment(autoescape=False, undefined=jinja2.StrictUndefined)
        return PromptFormat(
            family=str(data["family"]),
            template=environment.from_string(str(data["template"])),
            pointer=str(data["pointer"]),
            end=str(data["end"]),
            special_tokens=tuple(map(str, data["special_tokens"])),
            max_lines=int(data["max_lines"]),
            max_message_characters=int(data["max_message_characters"]),
            messages=re.compile(str(data["messages"])),
        )
    except (KeyError, ValueError, TypeError, re.error, jinja2.TemplateError) as error:
        raise ModelError(f"{path.name} is not a valid prompt format: {error}") from error
