"""Excerpts of documents for a page of search results, as HTML."""

import html
import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Query:
    """The words that were searched for; documents are found by any of them."""

    words: tuple[str, ...]

    @classmethod
    def parse(cls, text):
        """From what people type: blanks between words, and "quotes" around phrases."""
        parts = re.findall(r'"([^"]+)"|(\S+)', text.lower())
        found = (" ".join((phrase or word).split()) for phrase, word in parts)
        return cls(tuple(dict.fromkeys(word for word in found if word)))

    def pattern(self):
        """Finds any of the words, in any case; of words that begin alike the longest."""
        longest_first = sorted(self.words, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)


def marked(text, query):
    """The text as HTML, in which the words of the query are in `<mark>`.

    A browser shows the text as it is, whatever is in it and whatever was searched for.
    """
    if not query.words:
        return html.escape(text)
    parts, position = [], 0
    for match in query.pattern().finditer(text):
        parts.append(html.escape(text[position : match.start()]))
        parts.append(f"<mark>{html.escape(match[0])}</mark>")
        position = match.end()
    return "".join(parts) + html.escape(text[position:])


def window(text, query, width=120):
    """The part of the text around the first of the words, of about `width` characters, at whole
    words, with dots where something is left out.
    """
    match = query.pattern().search(text) if query.words else None
    centre = (match.start() + match.end()) // 2 if match else 0
    start = max(0, min(centre - width // 2, len(text) - width))
    end = min(len(text), start + width)
    if start > 0:
        start = text.find(" ", start, centre) + 1 or start
    if end < len(text):
        cut = text.rfind(" ", match.end() if match else 0, end)
        end = cut if cut > 0 else end
    return ("… " if start > 0 else "") + text[start:end] + (" …" if end < len(text) else "")


def excerpt(text, query, width=120):
    """The HTML of an excerpt."""
    return f"<p>{marked(window(text, query, width), query)}</p>"
