"""Repair the bugs, and store what became of each."""

from __future__ import annotations

import argparse
import hashlib
import shlex
from pathlib import Path

from real_packages.sdists import fetch

from synthetic.ablation import WITHOUT, label, request_fields
from synthetic.bugs import BUGS, load
from synthetic.campaign import Campaign, Configuration
from synthetic.environment import environment
from synthetic.machine import commit, machine
from synthetic.packages import HERE, CatalogueError
from synthetic.packages import load as load_packages


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--bugs", type=Path, default=BUGS)
    parser.add_argument("--first", type=int, help="only the first N, whose order is random")
    parser.add_argument("--only", action="append", default=[], metavar="ID", help="repeatable")
    parser.add_argument("--max-seconds", type=float, default=60.0, help="for each repair")
    parser.add_argument(
        "--without", action="append", default=[], choices=[*WITHOUT], help="leave a part out"
    )
    parser.add_argument("--model", help="another model's folder or name")
    parser.add_argument("--jobs", type=int, default=1, help="repairs at a time; 1 for true times")
    parser.add_argument(
        "--results", type=Path, help="a file of JSON lines; one for each configuration by default"
    )


def run(options: argparse.Namespace) -> int:
    """Resumable: bugs that have a result are left alone."""
    bugs, packages = load(options.bugs)[: options.first], load_packages()
    if options.only:
        bugs = tuple(bug for bug in bugs if bug.id in options.only)
        if len(bugs) < len(set(options.only)):
            raise CatalogueError("--only names a bug that is not in the suite")
    configuration = Configuration(
        label(options.without),
        options.max_seconds,
        request_fields(options.without),
        options.model and str(Path(options.model).absolute())
        if options.model and Path(options.model).exists()
        else options.model,
    )
    name = f"{configuration.label.replace(' ', '-')}-{options.max_seconds:g}s.jsonl"
    campaign = Campaign(
        configuration=configuration,
        packages=packages,
        sdists={
            name: fetch(packages[name].release, options.cache / "sdists")
            for name in {bug.package for bug in bugs}
        },
        environment=environment(HERE / "requirements.txt", options.cache),
        results=options.results or options.cache / "results" / name,
        about={
            "bugs": hashlib.sha256(options.bugs.read_bytes()).hexdigest()[:16],
            "repairlsp": commit(),
            "command": _command(options),
            "jobs": options.jobs,
            "machine": machine(),
        },
    )
    campaign.run(bugs, options.jobs)
    return 0


def _command(options: argparse.Namespace) -> str:
    """The command line for the report, without the folders of this machine."""
    words = ["python", "eval/synthetic/main.py", "run", "--max-seconds", f"{options.max_seconds:g}"]
    words += ["--first", str(options.first)] if options.first else []
    words += [word for id in options.only for word in ("--only", id)]
    words += [word for part in sorted(options.without) for word in ("--without", part)]
    words += ["--jobs", str(options.jobs)] if options.jobs > 1 else []
    words += ["--model", Path(options.model).name] if options.model else []
    return shlex.join(words)
