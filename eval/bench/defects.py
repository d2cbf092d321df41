#!/usr/bin/env python3
"""How many defects of the suite does a search repair? Python's, with visible tests to search by and
hidden tests to judge by.

    python eval/bench/defects.py run --max-seconds 30 --output full.jsonl
    python eval/bench/defects.py run --max-seconds 30 --without model --output no-model.jsonl
    python eval/bench/defects.py report full.jsonl no-model.jsonl

Every result is stored at once; a run that was stopped goes on where it was.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import contextlib

from repair_eval.judge import Runs, judge
from repair_eval.measures.mcnemar import mcnemar
from repair_eval.measures.proportion import wilson
from repair_eval.runners import missing, open_session
from repair_eval.suite import Defect, TestSet, load_suite
from synthetic import worker
from synthetic.ablation import WITHOUT, label, request_fields
from synthetic.machine import commit, machine

from repairlsp.sandbox import choose
from repairlsp.types import TestRun

SUITE = Path(__file__).resolve().parents[2] / "defects"
GRACE_SECONDS = 60.0
WITHIN = (5, 10, 30, 60)

Row = dict[str, Any]


def run(options: argparse.Namespace) -> None:
    """Repair every defect that has no row in the output yet."""
    file: Path = options.output
    header = {
        "label": label(options.without),
        "max_seconds": options.max_seconds,
        "commit": commit(),
        "machine": machine(),
    }
    rows = read(file) if file.exists() else []
    if not rows:
        write(file, header)
    elif any(rows[0][key] != header[key] for key in ("label", "max_seconds")):
        sys.exit(f"{file} holds {rows[0]['label']} with {rows[0]['max_seconds']} s: name another")
    done = {row["id"] for row in rows[1:]}
    fields = request_fields(options.without)
    defects = [defect for defect in load_suite(SUITE, ["python"]).defects if not missing(defect)]
    for number, defect in enumerate(defects[:: options.every], 1):
        if defect.id in done:
            continue
        row = repaired(defect, options.max_seconds, fields)
        write(file, row)
        print(f"{number}: {defect.id}: {row['verdict']} {row['source']} {row['seconds']:.1f} s")
        sys.stdout.flush()


def repaired(defect: Defect, max_seconds: float, fields: Mapping[str, object]) -> Row:
    """Repair one defect in a process of its own, and judge its best verified patch."""
    name = defect.id.rpartition("/")[2]
    with tempfile.TemporaryDirectory(prefix="defects-") as temporary:
        folder = Path(temporary)
        project = folder / name
        defect.content.lay_out(project, "buggy", "visible")
        job = {
            "project": str(project),
            "command": list(defect.tests.command),
            "max_seconds": max_seconds,
            "model": None,
            "fields": dict(fields),
        }
        (folder / "job.json").write_text(json.dumps(job))
        result = folder / "result.json"
        command = [sys.executable, worker.__file__, folder / "job.json", result]
        load = os.getloadavg()[0]
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run(
                command, timeout=max_seconds + GRACE_SECONDS, capture_output=True, check=False
            )
        told = json.loads(result.read_text()) if result.exists() else {"status": "crashed"}
        patch = told.get("patch")
        return {
            "id": defect.id,
            "family": defect.family,
            "shape": defect.shape,
            "difficulty": defect.difficulty,
            "status": told["status"],
            "message": told.get("message", ""),
            "verdict": verdict(defect, folder, patch["diff"]) if patch else "not repaired",
            "source": patch["source"] if patch else "",
            "cautions": patch["cautions"] if patch else 0,
            "rank": patch["first"]["rank"] if patch else None,
            "first_seconds": patch["first"]["seconds"] if patch else None,
            "seconds": told.get("seconds", max_seconds),
            "counts": told.get("counts", {}),
            "stage_seconds": told.get("stage_seconds", {}),
            "load": load,
            "diff": patch["diff"] if patch else "",
        }


def verdict(defect: Defect, folder: Path, diff: str) -> str:
    """`correct` or `overfitting`, by the hidden tests; `failing` would be a mistake of ours."""
    reference = tests_of(defect, folder / "fixed", "fixed", "")
    return judge(reference, tests_of(defect, folder / "patched", "buggy", diff)).verdict


def tests_of(defect: Defect, folder: Path, version: Any, diff: str) -> Runs:
    runs: list[TestRun] = []
    tests: TestSet
    for tests in ("visible", "all"):
        project = folder / tests / defect.id.rpartition("/")[2]
        defect.content.lay_out(project, version, tests)
        if diff:
            command = ["git", "apply", "--unsafe-paths", f"--directory={project}", "-"]
            subprocess.run(command, input=diff.encode(), cwd="/", check=True)
        with open_session(defect, project, tests, choose("auto")) as session:
            runs.append(session.run())
    return Runs(*runs)


def read(file: Path) -> list[Row]:
    return [json.loads(line) for line in file.read_text().splitlines()]


def write(file: Path, row: Mapping[str, Any]) -> None:
    with file.open("a") as out:
        out.write(json.dumps(row) + "\n")


# ------------------------------------------------------------------------------------ the report


def report(options: argparse.Namespace) -> None:
    """Print Markdown: the runs side by side on the defects that all of them have, then the parts
    of the first run."""
    runs = {rows[0]["label"]: rows for rows in map(read, options.results)}
    shared = set.intersection(*({row["id"] for row in rows[1:]} for rows in runs.values()))
    of_all = {name: [row for row in rows[1:] if row["id"] in shared] for name, rows in runs.items()}
    first = next(iter(runs))
    print(f"{len(shared)} defects that all runs have:\n")
    print("| search | s | correct, % | overfitting | first plausible: median s, rank | p |")
    print("|---|---|---|---|---|---|")
    for name, rows in of_all.items():
        right = {row["id"] for row in rows if row["verdict"] == "correct"}
        base = {row["id"] for row in of_all[first] if row["verdict"] == "correct"}
        p = "" if name == first else f"{mcnemar(len(base - right), len(right - base)):.2g}"
        limit = runs[name][0]["max_seconds"]
        wrong = sum(row["verdict"] == "overfitting" for row in rows)
        print(f"| {name} | {limit:g} | {share(len(right), len(rows))} | {wrong} |", end="")
        print(f" {typical(rows)} | {p} |")
    rows = runs[first][1:]
    print(f"\n{first}, all of its {len(rows)} defects:\n")
    for key in ("difficulty", "shape", "source"):
        table(rows, key)
    print("| verified within | % |\n|---|---|")
    for limit in WITHIN:
        if limit <= runs[first][0]["max_seconds"]:
            hits = sum(row["first_seconds"] is not None and row["seconds"] <= limit for row in rows)
            print(f"| {limit} s | {share(hits, len(rows))} |")


def typical(rows: Sequence[Row]) -> str:
    found = [row for row in rows if row["rank"] is not None]
    if not found:
        return "-"
    seconds = median(row["first_seconds"] for row in found)
    return f"{seconds:.1f}, {median(row['rank'] for row in found):.0f}"


def table(rows: Sequence[Row], key: str) -> None:
    print(f"| {key} | defects | correct, % | overfitting |\n|---|---|---|---|")
    for value in sorted({row[key] or "not repaired" for row in rows}):
        own = [row for row in rows if (row[key] or "not repaired") == value]
        right = sum(row["verdict"] == "correct" for row in own)
        wrong = sum(row["verdict"] == "overfitting" for row in own)
        print(f"| {value} | {len(own)} | {share(right, len(own))} | {wrong} |")
    print()


def share(hits: int, count: int) -> str:
    low, high = wilson(hits, count)
    return f"{hits / count:.0%} ({low:.0%}-{high:.0%})".replace("%", "") if count else "-"


def main(words: Iterable[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    verbs = parser.add_subparsers(required=True)
    one = verbs.add_parser("run")
    one.add_argument("--output", type=Path, required=True)
    one.add_argument("--max-seconds", type=float, default=60.0)
    one.add_argument("--every", type=int, default=1, metavar="N", help="only each Nth defect")
    one.add_argument("--without", action="append", default=[], choices=sorted(WITHOUT))
    one.set_defaults(do=run)
    other = verbs.add_parser("report")
    other.add_argument("results", type=Path, nargs="+")
    other.set_defaults(do=report)
    options = parser.parse_args(words if words is None else list(words))
    options.do(options)


if __name__ == "__main__":
    main()
