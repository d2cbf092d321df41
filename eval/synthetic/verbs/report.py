"""Tables of the results, for people and for programs."""

from __future__ import annotations

import argparse
from pathlib import Path

from synthetic.bugs import BUGS, load, made_by
from synthetic.campaign import read
from synthetic.packages import HERE, CatalogueError
from synthetic.page import Results
from synthetic.report import write


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "results", type=Path, nargs="*", help="files of `run`; all in the cache by default"
    )
    parser.add_argument("--bugs", type=Path, default=BUGS)
    parser.add_argument("--name", default="search", help="of the files: synthetic-NAME.md")
    parser.add_argument("--output", type=Path, default=HERE.parent / "results", help="a folder")


def run(options: argparse.Namespace) -> int:
    """The campaign that leaves nothing out is the main one; the others are compared with it."""
    files = options.results or sorted((options.cache / "results").glob("*.jsonl"))
    bugs = {bug.id: bug for bug in load(options.bugs)}
    campaigns = []
    for file in files:
        about, *rows = read(file)
        if unknown := {row["bug"] for row in rows} - bugs.keys():
            raise CatalogueError(f"{file.name} has bugs of another suite: {min(unknown)}")
        campaigns.append(Results(about, rows))
    full = [results for results in campaigns if results.label == "full" and results.rows]
    if not full:
        raise CatalogueError("there are no results that leave nothing out: `run` first")
    main = max(full, key=lambda results: len(results.rows))
    others = [results for results in campaigns if results.label != "full" and results.rows]
    write([main, *others], bugs, made_by(options.bugs), options.name, options.output)
    print(options.output / f"synthetic-{options.name}.md")
    return 0
