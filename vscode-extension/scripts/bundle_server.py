"""Put the server's wheel into bundled/ and, for a target platform, all wheels that it needs there.

Usage: bundle_server.py [TARGET [PYTHON_VERSION ...]]

Without a target it is the server's own wheel alone, which is for every platform. What pip is told
of another platform does not reach the markers of requirements (`colorama; sys_platform ==
"win32"`): it answers those for the machine that it runs on. So what it has downloaded is looked
through, for the markers of the target, until nothing is missing.
"""

from __future__ import annotations

import email.parser
import importlib.util
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

# pip's own copies, so that any Python with pip can run this.
from pip._vendor.packaging.requirements import Requirement
from pip._vendor.packaging.utils import canonicalize_name, parse_wheel_filename

REPOSITORY = Path(__file__).resolve().parents[2]
BUNDLED = REPOSITORY / "vscode-extension" / "bundled"

PYTHONS = ("3.11", "3.12", "3.13")
"""The Pythons that a target's wheels are for. Each adds about a third of the size."""


@dataclass(frozen=True)
class Target:
    """A platform as pip's tags and as the markers of requirements name it."""

    tags: tuple[str, ...]
    sys_platform: str
    machine: str

    def runs(self, platform: str) -> bool:
        """Whether a wheel with that tag is for this system and machine, of whatever age."""
        pattern = {
            "linux": rf"manylinux\w*_{self.machine}",
            "darwin": rf"macosx_\w+_({self.machine}|universal2)",
            "win32": "win_amd64",
        }[self.sys_platform]
        return re.fullmatch(pattern, platform) is not None

    def markers(self, python: str) -> dict[str, str]:
        """The environment that markers are evaluated in."""
        windows = self.sys_platform == "win32"
        systems = {"linux": "Linux", "darwin": "Darwin", "win32": "Windows"}
        return {
            "python_version": python,
            "python_full_version": f"{python}.0",
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
            "os_name": "nt" if windows else "posix",
            "sys_platform": self.sys_platform,
            "platform_system": systems[self.sys_platform],
            "platform_machine": self.machine,
            "platform_release": "",
            "platform_version": "",
            "implementation_version": f"{python}.0",
            "extra": "",
        }


def _linux(machine: str) -> Target:
    # glibc 2.28 is that of Debian 10 and RHEL 8; onnxruntime needs it.
    tags = [f"manylinux_2_{minor}_{machine}" for minor in range(28, 16, -1)]
    return Target((*tags, f"manylinux2014_{machine}"), "linux", machine)


TARGETS = {
    "linux-x64": _linux("x86_64"),
    "linux-arm64": _linux("aarch64"),
    "darwin-arm64": Target(("macosx_14_0_arm64",), "darwin", "arm64"),
    "darwin-x64": Target(("macosx_14_0_x86_64",), "darwin", "x86_64"),
    "win32-x64": Target(("win_amd64",), "win32", "AMD64"),
}
"""The names are VS Code's. macOS 14 is the oldest that onnxruntime has wheels for."""


def main(target: str = "", *pythons: str) -> None:
    """Fill bundled/ anew. Exits with a message when a wheel does not exist or cannot be got."""
    if target and target not in TARGETS:
        sys.exit(f"{target} is none of the platforms {', '.join(TARGETS)}")
    shutil.rmtree(BUNDLED, ignore_errors=True)
    BUNDLED.mkdir()
    wheel = _build(BUNDLED)
    for python in pythons or PYTHONS if target else ():
        with tempfile.TemporaryDirectory() as folder:
            _download(wheel, TARGETS[target], python, Path(folder))
            for file in Path(folder).glob("*.whl"):
                shutil.copyfile(file, BUNDLED / file.name)
    size = sum(file.stat().st_size for file in BUNDLED.iterdir())
    print(f"bundled: {len(list(BUNDLED.iterdir()))} wheels, {size / 1e6:.1f} MB")


def _build(folder: Path) -> Path:
    """The server's own wheel."""
    command = ["wheel", "--no-deps", "--wheel-dir", str(folder), str(REPOSITORY)]
    if importlib.util.find_spec("hatchling"):
        command.append("--no-build-isolation")  # then it needs no network
    _pip(*command)
    return next(folder.glob("repairlsp-*.whl"))


def _download(wheel: Path, target: Target, python: str, folder: Path) -> None:
    """Everything that `wheel` needs on the target, into `folder`."""
    options = ["--only-binary=:all:", "--implementation=cp", f"--python-version={python}"]
    options += [f"--platform={tag}" for tag in target.tags]
    wanted: set[str] = set()
    more = {str(wheel)}
    while more:
        wanted |= more
        _pip("download", *options, "--dest", str(folder), *sorted(wanted))
        more = missing(folder, target.markers(python)) - wanted


def missing(folder: Path, markers: dict[str, str]) -> set[str]:
    """The requirements of the wheels in `folder` that no wheel there is for."""
    files = list(folder.glob("*.whl"))
    present = {parse_wheel_filename(file.name)[0] for file in files}
    needed = [each for file in files for each in _requirements(file)]
    return {
        f"{each.name}{each.specifier}"
        for each in needed
        if canonicalize_name(each.name) not in present
        and (each.marker is None or each.marker.evaluate(markers))
    }


def _requirements(wheel: Path) -> list[Requirement]:
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = email.parser.Parser().parsestr(archive.read(name).decode("utf-8"))
    return [Requirement(text) for text in metadata.get_all("Requires-Dist") or ()]


def _pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", arguments[0], "--quiet", "--disable-pip-version-check"]
    if subprocess.run([*command, *arguments[1:]], check=False).returncode:
        sys.exit(f"pip {arguments[0]} did not work; what it says is above")


if __name__ == "__main__":
    main(*sys.argv[1:])
