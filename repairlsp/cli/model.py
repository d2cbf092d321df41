"""`repairlsp model list|show|pull`: the models that are on this machine, and one more."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from repairlsp.cli.exits import Exit
from repairlsp.cli.terminal import is_terminal
from repairlsp.errors import ModelError
from repairlsp.models import catalog, manifest
from repairlsp.models.manifest import Manifest

if TYPE_CHECKING:
    from rich.progress import TaskID

    from repairlsp.models.pull import ObservePull


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the sub-verbs."""
    verbs = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = verbs.add_parser("list", help="the models that are here", allow_abbrev=False)
    listing.add_argument("--json", action="store_true", help="print JSON")
    show = verbs.add_parser("show", help="check a model and say what it is", allow_abbrev=False)
    show.add_argument("model", nargs="?", metavar="NAME|DIR", help="(default: embedded)")
    show.add_argument("--json", action="store_true", help="print JSON")
    pull = verbs.add_parser(
        "pull",
        help="download a model, check it, and keep it for --model",
        description="Download a model folder, check every file against its manifest, and keep it "
        "under a name. This is the only command of repairlsp that uses the network. HF_ENDPOINT, "
        "HF_TOKEN, HF_HUB_OFFLINE, HTTPS_PROXY and NO_PROXY are honoured; XDG_DATA_HOME says "
        "where models are kept.",
        allow_abbrev=False,
    )
    pull.add_argument(
        "source", metavar="SOURCE", help="hf:OWNER/NAME[@REVISION], a folder's URL, or a known name"
    )
    pull.add_argument("--as", dest="name", default="", metavar="NAME", help="what to call it here")
    pull.add_argument(
        "--sha256", default="", metavar="HEX", help="the SHA-256 that its manifest.json must have"
    )
    pull.add_argument("--replace", action="store_true", help="replace another model of that name")
    pull.add_argument(
        "--progress", action="store_true", help="print a line for each percent of a file"
    )


def run(args: argparse.Namespace) -> int:
    """List the models, check and describe one, or pull one. Raises ModelError."""
    if args.action == "list":
        return _list(as_json=args.json)
    if args.action == "pull":
        return _pull(args)
    return _show(args.model, as_json=args.json)


def _list(*, as_json: bool) -> int:
    """One line for each model; a folder that is not right says so in its place."""
    rows: list[tuple[str, Manifest | None, str]] = []
    for name in catalog.names():
        try:
            rows.append((name, manifest.read(catalog.resolve(name)), ""))
        except ModelError as error:
            rows.append((name, None, str(error)))
    if as_json:
        print(json.dumps([_record(name, read, problem) for name, read, problem in rows], indent=2))
        return Exit.OK
    from repairlsp.formats.words import printable  # what a manifest says is its maker's

    width = max(len(name) for name, _, _ in rows)
    for name, read, problem in rows:
        print(printable(f"{name.ljust(width)}  {_summary(read) if read else problem}"))
    return Exit.OK


def _show(model: str | None, *, as_json: bool) -> int:
    folder = catalog.resolve(model)
    checked = manifest.check(folder, allow_hard_links=folder == catalog.EMBEDDED)
    if as_json:
        print(json.dumps(_record(model or "embedded", checked) | {"folder": str(folder)}, indent=2))
        return Exit.OK
    from repairlsp.formats.words import printable

    for label, value in (
        ("name", checked.name),
        ("folder", str(folder)),
        ("architecture", checked.architecture),
        ("parameters", f"{checked.parameters:,}"),
        ("precision", checked.precision),
        ("size", _size(checked)),
        ("prompts", checked.prompt_family),
        ("licence", checked.license),
        ("manifest", f"{len(checked.files)} files, all as they should be"),
    ):
        print(printable(f"{label.ljust(14)}{value}"))
    card = folder / "README.md"
    if card.is_file():
        print(f"{'card'.ljust(14)}{card}")
    return Exit.OK


def _pull(args: argparse.Namespace) -> int:
    from repairlsp.models.pull import pull
    from repairlsp.models.sources import find

    source = find(args.source, name=args.name, manifest_sha256=args.sha256)
    with _printed_pull() if args.progress else _shown_pull() as observe:
        pulled = pull(source, replace=args.replace, observe=observe)
    print(f"{source.name}: {'pulled to' if pulled.is_new else 'is already in'} {pulled.folder}")
    if not source.manifest_sha256:
        print(f"  the same files again, and no others: --sha256 {pulled.manifest_sha256}")
    print(f"  use it with --model {source.name}")
    return Exit.OK


@contextmanager
def _shown_pull() -> Iterator[ObservePull]:
    """One bar per file on a terminal, and nothing anywhere else."""
    if not is_terminal(sys.stderr):
        yield lambda name, count, size: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn())
    with Progress(*columns, console=Console(stderr=True)) as bars:
        known: dict[str, TaskID] = {}

        def observe(name: str, count: int, size: int) -> None:
            if name not in known:
                known[name] = bars.add_task(name, total=size)
            bars.advance(known[name], count)

        yield observe


@contextmanager
def _printed_pull() -> Iterator[ObservePull]:
    """`12 % model.onnx.data` on standard output, for a program that shows it in its own way."""
    done: dict[str, int] = {}

    def observe(name: str, count: int, size: int) -> None:
        before = done.get(name, 0)
        done[name] = before + count
        percent = 100 * done[name] // max(size, 1)
        if percent > 100 * before // max(size, 1):
            print(f"{percent} % {name}", flush=True)

    yield observe


def _summary(read: Manifest) -> str:
    millions = read.parameters / 1e6
    return f"{read.architecture}, {millions:.1f} M parameters, {read.precision}, {_size(read)}"


def _size(read: Manifest) -> str:
    return f"{sum(file.size for file in read.files.values()) / 1e6:.1f} MB"


def _record(name: str, read: Manifest | None, problem: str = "") -> dict[str, object]:
    """A model for JSON; `name` is what `--model` takes, `model` what the manifest calls it."""
    if read is None:
        return {"name": name, "problem": problem}
    return {
        "name": name,
        "model": read.name,
        "architecture": read.architecture,
        "parameters": read.parameters,
        "precision": read.precision,
        "prompt_family": read.prompt_family,
        "license": read.license,
        "files": {file: entry._asdict() for file, entry in read.files.items()},
    }
