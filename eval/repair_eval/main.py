"""`repair-eval VERB ...`: measures models and settings on defect suites."""

from __future__ import annotations

import argparse
import importlib
import keyword
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from types import MappingProxyType, ModuleType

from repairlsp.errors import RepairlspError

VERBS = MappingProxyType(
    {
        "check": "prove that every defect of a suite is what its description says",
        "list": "count the defects of a suite by language, family and shape",
        "import": "make a suite out of a public one in its own format",
        "mine": "make a suite out of the commits of a git repository",
        "run": "try configurations on a suite, and store every answer",
        "judge": "judge the stored answers of a run, also again",
        "report": "write what runs say, as a page, tables or data",
        "compare": "compare two configurations defect by defect",
    }
)
BROKEN = 2
"""The exit code for wrong usage, and for what does not work on this machine."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; usage errors exit by themselves, with 2."""
    args = _parse(argv)
    try:
        with _scratch(args.verb):
            code = int(_module(args.verb).run(args))
        sys.stdout.flush()  # here, where a closed pipe is still ours to handle
    except RepairlspError as error:
        print(f"repair-eval: {error}", file=sys.stderr)
        if error.hint:
            print(f"  hint: {error.hint}", file=sys.stderr)
        return BROKEN
    except KeyboardInterrupt:
        print("repair-eval: interrupted", file=sys.stderr)
        return 128 + signal.SIGINT
    except BrokenPipeError:
        # Whoever read our output has gone (`| head`). Python would complain when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + signal.SIGPIPE
    return code


def _scratch(verb: str) -> AbstractContextManager[object]:
    """A folder for the projects that the verb lays out; who lays out none starts sooner."""
    if verb in ("list", "report", "compare"):
        return nullcontext()
    from repair_eval.scratch import scratch

    return scratch()


def _parse(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="repair-eval",
        description="Measures models and settings of repairlsp on defect suites.",
        allow_abbrev=False,
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    words = sys.argv[1:] if argv is None else argv
    for name, what in VERBS.items():
        about = f"{what[0].upper()}{what[1:]}."
        verb = verbs.add_parser(name, help=what, description=about, allow_abbrev=False)
        if name in words[:1]:  # to import all of them takes half a second
            _module(name).configure(verb)
    return parser.parse_args(words)


def _module(verb: str) -> ModuleType:
    """The verb's module; `import` would be a keyword."""
    return importlib.import_module(
        f"repair_eval.cli.{verb}{'_' if keyword.iskeyword(verb) else ''}"
    )
