"""From a region to what a language model reads, and from what it writes to an edit."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import jinja2

from repair_eval.sources.region import Region
from repair_eval.suite.table import read_toml
from repair_eval.suite.vocabulary import Language
from repairlsp.errors import ModelError, UsageError
from repairlsp.generate import prompt as formats
from repairlsp.generate.masking import Masking
from repairlsp.generate.view import View
from repairlsp.types import Edit

_FOLDER = Path(__file__).parent / "prompts"
_FENCED = re.compile(r"^[ ]{0,3}```[^\n]*\n(.*?)^[ ]{0,3}```", re.DOTALL | re.MULTILINE)
_FAILURES = 5
_MAX_FAILURE_CHARACTERS = 400


class Message(NamedTuple):
    """One message of a chat."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is given: the messages of a chat, or a text to go on with, until `stop`."""

    messages: tuple[Message, ...] = ()
    text: str = ""
    stop: str = ""


class Prompting(Protocol):
    """A way to ask."""

    def prompt(self, region: Region, failures: Sequence[str], language: Language) -> Prompt:
        """What to ask. Raises ValueError where the region does not fit the prompt."""
        ...

    def edits(self, region: Region, answer: str) -> tuple[Edit, ...] | None:
        """The edits of an answer; None for one that is not in the form that was asked for."""
        ...


@dataclass(frozen=True)
class RewritePrompting:
    """A chat in which the model writes the whole region anew. It may be with a stranger: no secret
    of the code or of a message is in it, and an answer gets those of the code back."""

    system: jinja2.Template
    user: jinja2.Template

    def prompt(self, region: Region, failures: Sequence[str], language: Language) -> Prompt:
        """See `Prompting`."""
        context = region.context
        masking = Masking.of(context.lines)
        worst = max(context.suspiciousness.values(), default=0.0)
        marked = [
            number - context.span.start + 1
            for number, value in sorted(context.suspiciousness.items())
            if value >= worst
        ]
        values = {
            "path": context.path,
            "language": language,
            "code": textwrap.dedent("\n".join(map(masking.hide, context.lines))),
            # First the secrets, then the cut: half a secret is one that nobody recognises.
            "failures": [
                masking.hide(failure)[:_MAX_FAILURE_CHARACTERS] for failure in failures[:_FAILURES]
            ],
            # Marks on most of it say nothing.
            "marked": marked if len(marked) <= len(context.lines) / 3 else [],
        }
        system, user = (part.render(values).strip() for part in (self.system, self.user))
        return Prompt((Message("system", system), Message("user", user)))

    def edits(self, region: Region, answer: str) -> tuple[Edit, ...] | None:
        """The first fenced block, indented as the region was."""
        block = _FENCED.search(answer.replace("\r\n", "\n"))
        if block is None or not block[1].strip():
            return None
        context = region.context
        written = textwrap.dedent(block[1].rstrip()).strip("\n").split("\n")
        indent = _indent(context.lines)
        masking = Masking.of(context.lines)
        lines = tuple(indent + masking.show(line) if line.strip() else "" for line in written)
        if any("\r" in line or "\0" in line for line in lines):
            return None
        kept = len(context.lines)
        while kept and not context.lines[kept - 1].strip():
            kept -= 1  # the blank lines below a function are not the model's to write
        lines += context.lines[kept:]
        return () if lines == context.lines else (Edit(context.path, context.span, lines),)


@dataclass(frozen=True)
class LinesPrompting:
    """A prompt format of repairlsp's own models: the answer points at lines."""

    format: formats.PromptFormat

    def prompt(self, region: Region, failures: Sequence[str], language: Language) -> Prompt:
        """See `Prompting`."""
        view = View.of(region.context, self.format)
        text = self.format.render(view.lines, view.marked, view.message)
        return Prompt(text=text, stop=self.format.end)

    def edits(self, region: Region, answer: str) -> tuple[Edit, ...] | None:
        """See `Prompting`."""
        view = View.of(region.context, self.format)
        parsed = self.format.parse(answer, len(view.lines))
        if parsed is None:
            return None
        edits = [view.to_file(edit) for edit in parsed]
        return None if None in edits else tuple(edit for edit in edits if edit)


@cache
def load_prompting(name: str) -> Prompting:
    """A template of `prompts/` beside this file, or a format of repairlsp's own models. Raises
    UsageError where there is none of the name, or it is bad."""
    path = _FOLDER / f"{name}.toml"
    if path.parent != _FOLDER or not path.is_file():
        try:
            return LinesPrompting(formats.load(name))
        except ModelError as error:
            known = ", ".join(sorted(file.stem for file in _FOLDER.glob("*.toml")))
            raise UsageError(f"{error}", f"{error.hint}; for chats: {known}") from error
    data: dict[str, Any] = read_toml(path)
    environment = jinja2.Environment(autoescape=False, undefined=jinja2.StrictUndefined)
    try:
        if data["schema_version"] != 1 or data["style"] != "chat":
            raise UsageError(f"{path}: schema_version must be 1 and style chat")
        system, user = (environment.from_string(str(data[key])) for key in ("system", "user"))
    except (KeyError, jinja2.TemplateError) as error:
        raise UsageError(f"{path} is not a prompt template: {error}") from error
    return RewritePrompting(system, user)


def _indent(lines: Sequence[str]) -> str:
    """What `textwrap.dedent` takes from every line."""
    first = next((line for line in lines if line.strip()), "")
    dedented = next(
        (line for line in textwrap.dedent("\n".join(lines)).split("\n") if line.strip()), ""
    )
    return first[: len(first) - len(dedented)]
