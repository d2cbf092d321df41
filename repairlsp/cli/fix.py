"""`repairlsp fix [PATH] [options] [-- TEST COMMAND]`: one repair, from arguments to exit code."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path
from typing import get_args

from repairlsp import settings
from repairlsp.cli.arguments import model_of, number
from repairlsp.cli.exits import Exit
from repairlsp.cli.interrupt import until_interrupted
from repairlsp.cli.messages import complain
from repairlsp.cli.output import append_job_summary, write
from repairlsp.cli.progress import shown_progress
from repairlsp.cli.project import find_target, relative
from repairlsp.cli.reports import passing_here, with_reports
from repairlsp.cli.terminal import columns, wants_color
from repairlsp.errors import CancelledError, PatchError, UsageError
from repairlsp.formats import FORMATS, View, encoded
from repairlsp.formats.words import caution, verdict
from repairlsp.types import CancelToken, Limits, RepairRequest, RepairResult, SpectrumFormula


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.usage = "%(prog)s [PATH] [options] [-- TEST COMMAND]"
    parser.epilog = (
        "TEST COMMAND runs the tests with pytest, in a copy of the project (default: pytest -q). "
        "Nothing in the project is changed without --apply. Exit code 0: a verified patch, or "
        "nothing was failing; 1: failing and no verified patch; 2: wrong usage or something on "
        "this machine does not work."
    )
    add = parser.add_argument
    add("path", nargs="?", metavar="PATH", help="the project's folder, or a file to look at")
    add("--project", metavar="DIR", help="the project's folder (default: PATH, or here)")
    add("--file", metavar="FILE", action="append", default=[], help="look in FILE (repeatable)")
    add("--line", metavar="FILE:N", action="append", default=[], help="look at line N of FILE")
    report_help = "take what fails from pytest's --junit-xml report (repeatable)"
    add("--junit", metavar="FILE", action="append", default=[], type=Path, help=report_help)
    add("--model", metavar="NAME|DIR", help="the model (default: the embedded one)")
    add("--candidates", metavar="N", type=number("candidates", int), help="try at most N")
    add("--max-seconds", metavar="S", type=number("max_seconds", float), help="stop after S")
    add("--patches", metavar="N", type=number("patches", int), help="look for N, best first")
    add("--sandbox", choices=("auto", "bwrap", "limits", "none"), help="how tests are confined")
    add("--spectrum", choices=get_args(SpectrumFormula), help="the formula for coverage")
    add("--output-format", choices=tuple(FORMATS), default="text", help="(default: text)")
    add("--output", metavar="FILE", type=Path, help="write the result to FILE")
    add("--apply", action="store_true", help="write the best patch to the project's files")


def run(args: argparse.Namespace) -> int:
    """Repair, show the result, apply it if asked. Raises RepairlspError for what hinders it."""
    return until_interrupted(partial(_run, args), "interrupted; nothing was changed")


def _run(args: argparse.Namespace, cancel: CancelToken) -> int:
    request = with_reports(_request(args), args.junit)
    from repairlsp.cli.applying import put_right

    put_right()
    if request.sandbox == "auto":
        from repairlsp.sandbox import auto_is_less, what_auto_means

        if args.sandbox == "auto" or auto_is_less():  # who asks for it by name wants to know
            complain(f"sandbox: {what_auto_means()}")
    from repairlsp.engine import repair  # only now: bad arguments should be told at once

    with shown_progress() as observe:
        result = repair(request, observe=observe, cancel=cancel)
    if cancel.is_set():
        raise CancelledError  # it came too late to stop the search, but not to stop the rest
    if told := passing_here(request, result):
        complain(f"warning: {told}")
    refusal = None
    if args.apply and result.status == "repaired":
        from repairlsp.cli.applying import apply_patch

        try:
            apply_patch(request.project, result.patches[0])
        except PatchError as error:
            refusal = error  # the patch is shown all the same: finding it was the work
    applied = args.apply and result.status == "repaired" and refusal is None
    _show(result, request, args, applied=applied)
    if refusal is not None:
        raise refusal
    return Exit.NOT_REPAIRED if result.status in ("not-repaired", "suggested") else Exit.OK


# --------------------------------------------------------------------------- arguments


def _request(args: argparse.Namespace) -> RepairRequest:
    """What is asked for: the command line's word before the project's settings."""
    if args.command is not None and not args.command:
        raise UsageError("there is no test command after `--`", "for example: -- pytest -q tests")
    target = find_target(args.path, args.project, args.file)
    chosen, warnings = settings.load(target.project)
    for warning in warnings:
        complain(f"warning: {warning}")
    limits = chosen.limits
    lines = tuple(_line(target.project, text) for text in args.line)
    return RepairRequest(
        project=target.project,
        command=tuple(args.command) if args.command else chosen.test_command,
        files=target.files or (() if lines else chosen.files),
        lines=lines,
        model=args.model or model_of(target.project, chosen.model),
        sandbox=args.sandbox or chosen.sandbox,
        allow_loopback=chosen.allow_loopback,
        spectrum=args.spectrum or chosen.spectrum,
        use_fork_server=chosen.fork_server,
        limits=Limits(
            max_seconds=args.max_seconds or limits.max_seconds,
            candidates=args.candidates or limits.candidates,
            patches=args.patches or limits.patches,
            test_seconds=limits.test_seconds,
            memory_bytes=limits.memory_bytes,
        ),
    )


def _line(project: Path, text: str) -> tuple[str, int]:
    file, _, number = text.rpartition(":")
    if not file or not number.isdecimal() or int(number) < 1:
        raise UsageError(f"--line takes FILE:N, with N from 1, not {text!r}")
    return relative(project, file), int(number)


# --------------------------------------------------------------------------- the result


def _show(
    result: RepairResult, request: RepairRequest, args: argparse.Namespace, *, applied: bool
) -> None:
    """Write the result where it was asked for, and a line for people where that is not text."""
    tell_person = args.output is not None or args.output_format != "text"
    if tell_person:
        word, rest = verdict(result)
        complain(f"{word.lower()}: {rest}" if rest else word.lower())
    if result.patches and result.patches[0].cautions and (tell_person or applied):
        complain(f"warning: {caution(result.patches[0])}")
    watched = args.output is None and sys.stdout.isatty()
    view = View(
        color=watched and wants_color(sys.stdout),
        width=columns(sys.stdout) if watched else None,
        applied=applied,
    )
    text = FORMATS[args.output_format](result, request, view)
    write(encoded(args.output_format, text), args.output)
    if args.output_format == "github":
        append_job_summary(FORMATS["markdown"](result, request, view))
