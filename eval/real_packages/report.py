"""The results as `real-packages.json`, for programs, and `real-packages.md`, for people."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from real_packages.cases import HERE
from real_packages.judge import Match, Outcome

SCHEMA_VERSION = 1
LIBRARIES = ("onnxruntime", "onnxruntime-genai", "pytest", "coverage")


def write(outcomes: Sequence[Outcome], command: str, folder: Path) -> None:
    """Write both files into `folder`; they say the same."""
    folder.mkdir(parents=True, exist_ok=True)
    about = _about(command)
    document = {
        "schema_version": SCHEMA_VERSION,
        **about,
        "summary": summary(outcomes),
        "bugs": [_entry(outcome) for outcome in outcomes],
    }
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    (folder / "real-packages.json").write_text(text)
    (folder / "real-packages.md").write_text(_markdown(outcomes, about))


def summary(outcomes: Sequence[Outcome]) -> dict[str, int]:
    """How many bugs there are, were repaired, and how the patches compare to the originals."""
    matches = Counter(outcome.match for outcome in outcomes)
    repaired = sum(outcome.repaired for outcome in outcomes)
    names: tuple[Match, ...] = ("exact", "ast", "plausible", "wrong")
    return {"bugs": len(outcomes), "repaired": repaired, **{name: matches[name] for name in names}}


def _about(command: str) -> dict[str, object]:
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "command": command,
        "repairlsp": f"{version('repairlsp')} ({_commit()})",
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in LIBRARIES},
        "machine": {
            "system": f"{platform.system()} {platform.machine()}",
            "cpu": _cpu(),
            "cores": os.cpu_count(),
            "memory_gib": round(_memory() / 2**30, 1),
            "load_at_end": round(os.getloadavg()[0], 1),
        },
    }


def _commit() -> str:
    def git(*words: str) -> str:
        done = subprocess.run(
            ["git", *words], cwd=HERE, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    changed = git("status", "--porcelain", "--untracked-files=no", "--", "../../repairlsp")
    return (git("rev-parse", "--short", "HEAD") or "no commit") + (" and changes" * bool(changed))


def _cpu() -> str:
    listing = Path("/proc/cpuinfo")
    if listing.is_file():
        for line in listing.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown"


def _memory() -> int:
    """Bytes of physical memory."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def _entry(outcome: Outcome) -> dict[str, object]:
    bug, package = outcome.bug, outcome.bug.package
    return {
        "bug": bug.id,
        "version": package.version,
        "family": bug.family,
        "difficulty": bug.difficulty,
        "about": bug.about,
        "repaired": outcome.repaired,
        "match": outcome.match,
        "source": outcome.source,
        "rank": outcome.rank,
        "seconds": outcome.seconds,
        "counts": outcome.counts,
        "stage_seconds": outcome.stage_seconds,
        "line_rank": outcome.line_rank,
        "function_rank": outcome.function_rank,
        "why": outcome.why,
        "diff": outcome.diff,
    }


def _markdown(outcomes: Sequence[Outcome], about: dict[str, object]) -> str:
    sums = summary(outcomes)
    machine, libraries = about["machine"], about["libraries"]
    assert isinstance(machine, dict) and isinstance(libraries, dict)
    lines = [
        "# Real packages, hand-made bugs",
        "",
        "Published source releases, each broken in two places (`eval/real_packages/`), each given",
        "to `repairlsp fix` with nothing but its test command. A reported patch counts only when",
        "the whole suite of a fresh copy passes with it.",
        "",
        f"**{sums['repaired']} of {sums['bugs']} repaired**: {sums['exact']} restore the original",
        f"file exactly, {sums['ast']} its syntax tree, {sums['plausible']} only pass the suite.",
        f"Reported as verified but refuted by the whole suite: {sums['wrong']}.",
        "",
        "| bug | family | difficulty | result | s | found by | candidates run | line, function |",
        "| --- | --- | --- | --- | ---: | --- | ---: | --- |",
        *(_row(outcome) for outcome in outcomes),
        "",
        "*line, function*: where the faulty line, and the first line of its function, stand among",
        "the 20 most suspicious lines that were reported; a dash when they do not.",
        "",
    ]
    if failures := [outcome for outcome in outcomes if outcome.why]:
        lines += ["## Not repaired, and why", ""]
        lines += [f"- `{one.bug.id}` ({one.bug.about}): {one.why}." for one in failures]
        lines.append("")
    if plausible := [outcome for outcome in outcomes if outcome.match == "plausible"]:
        lines += ["## Patches that differ from the original", ""]
        for one in plausible:
            lines += [f"`{one.bug.id}` ({one.bug.about}):", "", "```diff", one.diff.rstrip()]
            lines += ["```", ""]
    lines += [
        "## How it was run",
        "",
        f"- {about['date']}, `{about['command']}`",
        f"- repairlsp {about['repairlsp']}, Python {about['python']}, "
        + ", ".join(f"{name} {number}" for name, number in libraries.items()),
        f"- {machine['cores']} cores of {machine['cpu']}, {machine['memory_gib']} GiB, "
        f"{machine['system']}; one-minute load at the end: {machine['load_at_end']}",
        "",
    ]
    return "\n".join(lines)


def _row(outcome: Outcome) -> str:
    ranks = f"{outcome.line_rank or '-'}, {outcome.function_rank or '-'}"
    result = outcome.match if outcome.match != "none" else "not repaired"
    cells = [f"`{outcome.bug.id}`", outcome.bug.family, outcome.bug.difficulty, result]
    cells += [f"{outcome.seconds:.0f}", outcome.source or "-"]
    cells += [str(outcome.counts.get("validated", "-")), ranks]
    return f"| {' | '.join(cells)} |"
