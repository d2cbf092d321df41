"""What can be said of an edit of a file that is not Python, without a compiler."""

from __future__ import annotations

from repairlsp.context.grammar import count_errors
from repairlsp.context.languages import language_of
from repairlsp.source import SourceText


def unlike_its_language(source: SourceText, edited: SourceText, path: str) -> str | None:
    """Why the edit need not be shown: it changes nothing but white space, or it adds what the
    grammar does not understand. None where it may be; without a grammar nothing more is known."""
    if source.text.split() == edited.text.split():
        return "the edit changes nothing"
    language = language_of(path)
    if language is None or count_errors(edited.lines, language) <= count_errors(
        source.lines, language
    ):
        return None
    return "the edit adds a syntax error"
