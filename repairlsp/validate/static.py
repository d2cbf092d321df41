"""What can be said of a candidate without running it: does it compile, does it change anything,
does it try to fool the tests, is it the same program as another candidate?
"""

from __future__ import annotations

import ast
import hashlib
import sys
import warnings

from repairlsp.source import SourceText
from repairlsp.validate.meaning import meaning
from repairlsp.validate.region import UNFIT, can_be_parsed, changed_region, parse
from repairlsp.validate.tampering import added_tampering


def static_reject(
    source: SourceText,
    edited: SourceText,
    path: str,
    version: tuple[int, int] | None = None,
) -> str | None:
    """Why `edited` need not be tried in place of `source`; None when it may be.

    `version` is that of the interpreter which will run it. Where it is newer than ours and we
    cannot read `source` either, we cannot judge the syntax and let the tests do it.
    """
    if source.lines == edited.lines:
        return "the edit changes nothing"
    region = changed_region(source, edited)
    try:
        after = parse("\n".join(region.after))
        _compile(after, path)
    except UNFIT as error:
        newer = version is not None and version > sys.version_info[:2]
        if newer and not can_be_parsed(source):
            return None
        text = error.msg if isinstance(error, SyntaxError) else str(error)
        return f"{path} would not compile: {type(error).__name__}: {text}"
    try:
        before = parse("\n".join(region.before))
        if meaning(before) == meaning(after):
            return "the edit changes nothing that Python sees"
    except UNFIT:
        before = ast.Module([], [])  # it repairs a syntax error
    return added_tampering(before, after)


def fingerprint(source: SourceText, edited: SourceText) -> str:
    """Equal for two edits of one source that make the same syntax tree of it; comments, line ends,
    layout and what can never run do not count. Text that does not parse is compared as text."""
    region = changed_region(source, edited)
    text = "\n".join(region.after)
    try:
        content = meaning(parse(text))
    except UNFIT:
        content = text
    return hashlib.sha256(f"{region.start}\0{content}".encode("utf-8", "replace")).hexdigest()


def _compile(module: ast.Module, path: str) -> None:
    """Beyond the grammar: `return` outside a function, two arguments of one name and the like."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        compile(module, path, "exec", dont_inherit=True)
