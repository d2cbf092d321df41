"""What a package of the extension carries: the wheels for one platform, all of them, no trace."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

SCRIPTS = Path(__file__).parents[2] / "vscode-extension" / "scripts"

SERVER = "repairlsp-1-py3-none-any.whl"
NUMPY = "numpy-1-cp312-cp312-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl"


@pytest.fixture(scope="module")
def scripts() -> Iterator[dict[str, Any]]:
    """The packaging scripts, which are no package: they find each other beside themselves."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(SCRIPTS))
        import bundle_server
        import check_vsix

        yield {"bundle": bundle_server, "check": check_vsix}
    for name in ("bundle_server", "check_vsix"):
        del sys.modules[name]


def wheel(name: str, *requires: str, files: tuple[str, ...] = ()) -> bytes:
    """A wheel with its metadata, and other files without content."""
    lines = ["Metadata-Version: 2.1", f"Name: {name}", "Version: 1"]
    lines += [f"Requires-Dist: {each}" for each in requires]
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(f"{name}-1.dist-info/METADATA", "\n".join(lines))
        for file in files:
            archive.writestr(file, b"")
    return content.getvalue()


@pytest.fixture
def server(scripts: dict[str, Any]) -> dict[str, bytes]:
    """The server's wheel, with its model."""
    return {SERVER: wheel("repairlsp", files=scripts["check"].MODEL)}


def vsix(wheels: dict[str, bytes], target: str = "", script: bytes = b"") -> zipfile.ZipFile:
    """A package with these wheels and that program."""
    platform = f' TargetPlatform="{target}"' if target else ""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("extension.vsixmanifest", f"<Identity{platform} />")
        archive.writestr("extension/dist/extension.js", script)
        for name, data in wheels.items():
            archive.writestr(f"extension/bundled/{name}", data)
    return zipfile.ZipFile(content)


def problems(scripts: dict[str, Any], package: zipfile.ZipFile, target: str = "") -> list[str]:
    return list(scripts["check"].check(package, target, (b"/home/maker/src",)))


def test_markers_are_those_of_the_target(scripts: dict[str, Any], tmp_path: Path) -> None:
    needs = ('colorama>=0.4; sys_platform == "win32"', 'tomli; python_version < "3.12"', "numpy>=2")
    (tmp_path / SERVER).write_bytes(wheel("repairlsp", *needs))
    (tmp_path / NUMPY).write_bytes(wheel("numpy"))
    bundle = scripts["bundle"]

    def missing(target: str, python: str) -> set[str]:
        found: set[str] = bundle.missing(tmp_path, bundle.TARGETS[target].markers(python))
        return found

    assert missing("linux-x64", "3.12") == set()
    assert missing("linux-x64", "3.11") == {"tomli"}
    assert missing("win32-x64", "3.13") == {"colorama>=0.4"}


@pytest.mark.parametrize(
    ("target", "platform", "runs"),
    [
        ("linux-x64", "manylinux2014_x86_64", True),
        ("linux-x64", "manylinux_2_28_aarch64", False),
        ("linux-x64", "musllinux_1_2_x86_64", False),
        ("darwin-arm64", "macosx_11_0_universal2", True),
        ("darwin-arm64", "macosx_11_0_x86_64", False),
        ("win32-x64", "win_amd64", True),
    ],
)
def test_a_target_runs_wheels(
    scripts: dict[str, Any], target: str, platform: str, runs: bool
) -> None:
    assert scripts["bundle"].TARGETS[target].runs(platform) is runs


def test_good_packages_have_no_problems(scripts: dict[str, Any], server: dict[str, bytes]) -> None:
    assert problems(scripts, vsix(server)) == []
    complete = vsix({**server, NUMPY: wheel("numpy")}, "linux-x64")
    assert problems(scripts, complete, "linux-x64") == []


def test_wheels_for_another_platform_are_found(
    scripts: dict[str, Any], server: dict[str, bytes]
) -> None:
    both = {**server, NUMPY: wheel("numpy")}
    assert problems(scripts, vsix(both)) == [f"{NUMPY} is not for all platforms"]
    mac = problems(scripts, vsix(both, "darwin-arm64"), "darwin-arm64")
    assert mac == [f"{NUMPY} is not for darwin-arm64"]
    alone = problems(scripts, vsix(server, "linux-x64"), "linux-x64")
    assert alone == ["the server's dependencies are missing"]
    unmarked = problems(scripts, vsix(both), "linux-x64")
    assert unmarked == ["its manifest does not say that it is for linux-x64"]


def test_a_missing_model_is_found(scripts: dict[str, Any]) -> None:
    first = problems(scripts, vsix({SERVER: wheel("repairlsp")}))[0]
    assert first == "the server has no repairlsp/models/embedded/manifest.json"


def test_traces_of_the_maker_are_found(scripts: dict[str, Any], server: dict[str, bytes]) -> None:
    script = b'require("/home/maker/src/x"); fetch("https://registry.example.org/npm/x")'
    assert problems(scripts, vsix(server, script=script)) == [
        "extension/dist/extension.js names /home/maker/src",
        "extension/dist/extension.js has the address https://registry.example.org/npm/",
    ]
