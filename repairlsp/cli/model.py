"""`repairlsp model list|show`: the models that are on this machine."""

from __future__ import annotations

import argparse
import json

from repairlsp.cli.exits import Exit
from repairlsp.errors import ModelError
from repairlsp.models import catalog, manifest
from repairlsp.models.manifest import Manifest


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the two sub-verbs."""
    verbs = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = verbs.add_parser("list", help="the models that are here", allow_abbrev=False)
    listing.add_argument("--json", action="store_true", help="print JSON")
    show = verbs.add_parser("show", help="check a model and say what it is", allow_abbrev=False)
    show.add_argument("model", nargs="?", metavar="NAME|DIR", help="(default: embedded)")
    show.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace) -> int:
    """List the models, or check and describe one. Raises ModelError for a damaged one."""
    if args.action == "list":
        return _list(as_json=args.json)
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
    width = max(len(name) for name, _, _ in rows)
    for name, read, problem in rows:
        print(f"{name.ljust(width)}  {_summary(read) if read else problem}")
    return Exit.OK


def _show(model: str | None, *, as_json: bool) -> int:
    folder = catalog.resolve(model)
    checked = manifest.check(folder, allow_hard_links=folder == catalog.EMBEDDED)
    if as_json:
        print(json.dumps(_record(model or "embedded", checked) | {"folder": str(folder)}, indent=2))
        return Exit.OK
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
        print(f"{label.ljust(14)}{value}")
    card = folder / "README.md"
    if card.is_file():
        print(f"{'card'.ljust(14)}{card}")
    return Exit.OK


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
