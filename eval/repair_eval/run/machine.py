"""Where a run takes place, and with which versions."""

from __future__ import annotations

import platform
import shutil
import subprocess
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil

from repair_eval.record import Machine

_DISTRIBUTIONS = (
    "repairlsp",
    "onnxruntime",
    "onnxruntime-genai",
    "llama-cpp-python",
    "distributed",
    "pytest",
    "coverage",
    "tree-sitter-python",
)
_TOOLS = {"git": "--version", "node": "--version", "gcc": "-dumpfullversion", "cargo": "--version"}
_SECONDS = 10.0


def this_machine(label: str) -> Machine:
    """This machine; `label` is what the user calls it, or what its processor is called."""
    processor = _processor()
    return Machine(
        label=label or processor,
        system=platform.platform(),
        processor=processor,
        cores=psutil.cpu_count(logical=False) or 1,
        memory_bytes=psutil.virtual_memory().total,
        accelerator=_accelerator(),
    )


def versions() -> dict[str, str]:
    """Of what has an influence on results, where it is here."""
    return {"python": platform.python_version(), **dict(_distributions()), **dict(_tools())}


def _distributions() -> Iterator[tuple[str, str]]:
    for name in _DISTRIBUTIONS:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            continue
    if commit := _said("git", "-C", str(Path(__file__).parent), "rev-parse", "HEAD"):
        yield "commit", commit


def _tools() -> Iterator[tuple[str, str]]:
    for name, option in _TOOLS.items():
        if said := _said(name, option):
            yield name, said.removeprefix(f"{name} ").removeprefix("version ")


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        text = ""
    for line in text.splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _accelerator() -> str:
    query = ("--query-gpu=name", "--format=csv,noheader")
    return ", ".join((_said("nvidia-smi", *query) or "").splitlines())


def _said(*command: str) -> str:
    """The output of a command; empty where it is not there, or fails."""
    if shutil.which(command[0]) is None:
        return ""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=True)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()
