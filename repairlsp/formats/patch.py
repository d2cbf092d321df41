"""`patch`: the best verified patch as a mail that `git am` takes: the bug, the fix and the proof in
its message.

The mail has no date, so that the same result is the same text; git takes the time of `git am`.
"""

from __future__ import annotations

import binascii
import re
import shlex
import textwrap
from email.header import Header
from typing import Final

from repairlsp.formats.explanation import asked, explanation, subject
from repairlsp.formats.format import PLAIN, View
from repairlsp.formats.repository import exact_diff, prefix
from repairlsp.formats.words import count, printable
from repairlsp.types import Patch, RepairRequest, RepairResult

AUTHOR: Final = "repairlsp <repairlsp@localhost.invalid>"
"""`.invalid` can belong to nobody (RFC 2606)."""

_WIDTH = 72
_TESTS = 10
# Where git looks for the end of the message (git, mailinfo.c, patchbreak), for headers in the body
# and for the start of the next mail.
_MARKS = re.compile(r"---|diff -|Index: |>?From |[\w-]+:|\[PATCH|.*>8|.*8<")


def render(result: RepairResult, request: RepairRequest, view: View = PLAIN, /) -> str:
    """One mail in mbox form; empty without a verified patch.

    Its bytes are the text's by UTF-8 with `surrogateescape`: the diff is in the files' encodings.
    """
    verified = (patch for patch in result.patches if patch.status == "verified")
    best = min(verified, key=lambda patch: patch.rank, default=None)
    return mail(best, result, request) if best is not None else ""


def mail(patch: Patch, result: RepairResult, request: RepairRequest) -> str:
    """A patch as a mail."""
    diff = exact_diff(patch, request, prefix(request.project))
    body = f"{message(patch, result, request)}\n---\n\n{diff}"
    encoding = "8bit"
    if "\r" in body:  # git takes a carriage return at a line's end for one of the mail's
        encoding, body = "quoted-printable", _quoted_printable(body)
    title = subject(patch, result, request)
    headers = [
        f"From {'0' * 40} Mon Sep 17 00:00:00 2001",  # as `git format-patch` marks its mails
        f"From: {AUTHOR}",
        f"Subject: {Header(f'[PATCH] {title}', None if title.isascii() else 'utf-8').encode()}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        f"Content-Transfer-Encoding: {encoding}",
    ]
    return "\n".join([*headers, "", body])


def message(patch: Patch, result: RepairResult, request: RepairRequest) -> str:
    """The commit's message without its subject; ends in a newline."""
    parts = [_wrapped(explanation(patch, result, request))]
    tests = [printable(case.id) for case in asked(result, request)]
    if len(tests) > 1:
        listed = [f"  {test}" for test in tests[:_TESTS]]
        if len(tests) > _TESTS:
            listed.append(f"  and {count(len(tests) - _TESTS, 'other')}")
        parts.append("\n".join(["The tests that failed:", "", *listed]))
    if request.command:
        parts.append(f"Proved with: {printable(shlex.join(request.command))}")
    return "\n\n".join(parts) + "\n"


def _wrapped(paragraph: str) -> str:
    lines = textwrap.wrap(
        paragraph, _WIDTH, break_long_words=False, break_on_hyphens=False, drop_whitespace=True
    )
    # A space keeps a line from being taken for what it is not.
    return "\n".join(f" {line}" if _MARKS.match(line) else line for line in lines)


def _quoted_printable(text: str) -> str:
    lines = text.encode("utf-8", "surrogateescape").split(b"\n")
    return b"\n".join(binascii.b2a_qp(line, istext=False) for line in lines).decode("ascii")
