"""`repairlsp VERB ...`: picks the verb, and turns every error into one message and an exit code.

A verb is a module of this package with `configure(parser)` and `run(args) -> int`. Only the one
that was asked for is imported, so that `--version` and `--help` cost next to nothing.
"""

from __future__ import annotations

import argparse
import importlib
import os
import signal
import sys
from collections.abc import Sequence
from types import MappingProxyType
from typing import NoReturn

from repairlsp import __version__
from repairlsp.cli.exits import Exit
from repairlsp.cli.messages import complain
from repairlsp.errors import RepairlspError

VERBS = MappingProxyType(
    {
        "fix": "find, prove and show a small patch for failing tests",
        "ci": "give a commit whose tests fail a branch whose tests pass",
        "serve": "run the language server on standard input and output",
        "model": "list the models that are here, show one, or pull one",
        "train": "make an embedded model (needs the extra [train])",
        "doctor": "say what works on this machine, and what to do about the rest",
    }
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code (see `Exit`); usage errors exit by themselves.

    `argv` is without the program's name; None takes it from `sys.argv`.
    """
    try:
        args = _parse(list(sys.argv[1:] if argv is None else argv))
        code = int(importlib.import_module(f"repairlsp.cli.{args.verb}").run(args))
        if code > 128:
            _end_undisturbed()
        sys.stdout.flush()  # here, where a closed pipe is still ours to handle
    except RepairlspError as error:
        complain(str(error), error.hint)
        return Exit.BROKEN
    except KeyboardInterrupt:  # before a verb took the signal over, or after it let go
        _end_undisturbed()
        complain("interrupted")
        return 128 + signal.SIGINT
    except BrokenPipeError:
        # Whoever read our output has gone (`| head`). Python would complain when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + signal.SIGPIPE
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        complain(f"{error.strerror or error}{where}")
        return Exit.BROKEN
    except Exception:  # noqa: BLE001 - exit 1 has a meaning that a bug of ours must not take
        import traceback

        traceback.print_exc()
        complain("this is a bug in repairlsp", "please report it with the traceback above")
        return Exit.BROKEN
    return code


def _end_undisturbed() -> None:
    """Ignore further signals: while Python shuts down they would take the exit code away."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


class _Parser(argparse.ArgumentParser):
    """argparse, but an error is one line and a pointer to the help, not the whole usage."""

    def error(self, message: str) -> NoReturn:
        complain(message, f"see `{self.prog} --help`")
        sys.exit(Exit.BROKEN)


def _parse(argv: list[str]) -> argparse.Namespace:
    """The arguments; `command` is what stood after `--`, or None where there was no `--`."""
    command: list[str] | None = None
    if "--" in argv:
        at = argv.index("--")
        argv, command = argv[:at], argv[at + 1 :]
    parser = _Parser(
        prog="repairlsp",
        description="Small bug fixes from a local model, proved by running the tests.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"repairlsp {__version__}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    asked = next((word for word in argv if not word.startswith("-")), None)
    for name, what in VERBS.items():
        about = f"{what[0].upper()}{what[1:]}."
        verb = verbs.add_parser(name, help=what, description=about, allow_abbrev=False)
        if name == asked:
            importlib.import_module(f"repairlsp.cli.{name}").configure(verb)
    if not argv:
        parser.print_help(sys.stderr)
        sys.exit(Exit.BROKEN)
    args = parser.parse_args(argv)
    if command is not None and args.verb not in ("fix", "ci"):
        parser.error(f"`{args.verb}` takes no test command")
    args.command = command
    return args
