"""Secrets in source text and messages: what no prompt may hold, wherever it goes.

A key that somebody left in a file has nothing to say about a bug. So prompts have a placeholder in
its stead, and an answer that speaks of the placeholder gets the text back that was there. The forms
are data, in `secrets.toml`.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

_RULES = Path(__file__).parent / "secrets.toml"
_PLACEHOLDER = "SECRET_{}"
_KEY_BEGINS = re.compile(r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----")
_KEY_ENDS = re.compile(r"-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----")
_KEY_LINE = re.compile(r"[A-Za-z0-9+/=]{16,}")
_LONGEST_LINE = 5_000
"""Characters of a line that are looked at; the rest of a longer one counts as a secret."""


class _Rule(NamedTuple):
    pattern: re.Pattern[str]
    bits: float


def secrets_in(text: str) -> list[str]:
    """The secrets in one line or message, in no order, none inside another."""
    found: set[str] = set()
    for pattern, bits in _rules():
        for match in pattern.finditer(text, 0, _LONGEST_LINE):
            secret = match["s"]
            if _bits(secret) >= bits and not _is_a_word(secret):
                found.add(secret)
    return [one for one in found if not any(one in other and one != other for other in found)]


@dataclass(frozen=True, slots=True)
class Masking:
    """The secrets of some lines. `placeholders` maps each to what stands for it."""

    placeholders: Mapping[str, str]

    @classmethod
    def of(cls, lines: Iterable[str]) -> Masking:
        """Of source lines in their order: keys in PEM form go over several."""
        lines = tuple(lines)
        secrets: dict[str, None] = {}
        in_key = False
        for line in lines:
            in_key = (in_key or bool(_KEY_BEGINS.search(line))) and not _KEY_ENDS.search(line)
            if in_key:
                secrets.update(dict.fromkeys(_KEY_LINE.findall(_KEY_BEGINS.sub("", line))))
            secrets.update(dict.fromkeys(secrets_in(line)))
            if unseen := line[_LONGEST_LINE:]:
                secrets[unseen] = None
        numbers = (n for n in range(1, len(secrets) + 100_000) if _is_free(n, lines))
        return cls(MappingProxyType({s: _PLACEHOLDER.format(next(numbers)) for s in secrets}))

    def hide(self, text: str) -> str:
        """The text without secrets, those included that the lines do not have."""
        for secret in sorted(self.placeholders, key=len, reverse=True):
            text = text.replace(secret, self.placeholders[secret])
        for secret in secrets_in(text):
            text = text.replace(secret, _PLACEHOLDER.format(0))
        return text

    def show(self, text: str) -> str:
        """The text with the secrets back in their places: what `hide` was given, of these lines."""
        if not self.placeholders:
            return text
        back = {placeholder: secret for secret, placeholder in self.placeholders.items()}
        return re.sub(r"SECRET_[0-9]+", lambda found: back.get(found[0], found[0]), text)


@cache
def _rules() -> tuple[_Rule, ...]:
    data = tomllib.loads(_RULES.read_text("utf-8"))
    return tuple(_Rule(re.compile(rule["pattern"]), float(rule["bits"])) for rule in data["rule"])


def _bits(text: str) -> float:
    """Shannon entropy of the characters, in bits per character."""
    counts = Counter(text).values()
    return -sum(count / len(text) * math.log2(count / len(text)) for count in counts)


_WORDS = re.compile(r"[A-Z]?[a-z]+(?:[_./:-][A-Z]?[a-z]+)*|[A-Z]+(?:[_-][A-Z]+)*|SECRET_[0-9]+")


def _is_a_word(text: str) -> bool:
    """Names and phrases are no secrets: `access_token`, `reset-password`, `multipart/form-data`."""
    return _WORDS.fullmatch(text) is not None


def _is_free(number: int, lines: Iterable[str]) -> bool:
    return not any(_PLACEHOLDER.format(number) in line for line in lines)
