"""The user's settings: `[tool.repairlsp]` in pyproject.toml, or repairlsp.toml, which wins.

The language server gets the same keys from the editor and reads them with `from_mapping` too. A
bad value never stops anything: it costs one clear warning, and the default stands in for it.
"""

from __future__ import annotations

import difflib
import math
import shlex
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any, NamedTuple, get_args

from repairlsp.types import Limits, SandboxMode, SpectrumFormula

_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Settings:
    """What a project's owner may settle once instead of saying it at each call."""

    test_command: tuple[str, ...] = ("pytest", "-q")
    model: str | None = None
    """A catalogue name or a model folder; None is the embedded model."""
    files: tuple[str, ...] = ()
    """Where to look for the fault: paths relative to the project; empty means everywhere."""
    sandbox: SandboxMode = "auto"
    allow_loopback: bool = False
    """Tests get the machine's own network, for a service that they need there."""
    spectrum: SpectrumFormula = "ochiai"
    """The formula that weighs per-test coverage."""
    fork_server: bool = True
    """False: every candidate in processes of its own."""
    max_seconds: float = _LIMITS.max_seconds
    candidates: int = _LIMITS.candidates
    patches: int = _LIMITS.patches
    test_seconds: float = _LIMITS.test_seconds
    memory_mb: int = _LIMITS.memory_bytes >> 20
    """Address space of one test process, in MiB."""

    @property
    def limits(self) -> Limits:
        """The part of the settings that bounds a repair."""
        return Limits(
            max_seconds=self.max_seconds,
            candidates=self.candidates,
            patches=self.patches,
            test_seconds=self.test_seconds,
            memory_bytes=self.memory_mb << 20,
        )


class Loaded(NamedTuple):
    """Settings, and one message for each thing in them that was not understood."""

    settings: Settings
    warnings: tuple[str, ...]


def load(project: Path) -> Loaded:
    """The project's settings. Reads at most two files, and never raises for what is in them.

    A project cannot do without a sandbox: only its user can, in so many words.
    """
    from repairlsp.runners import usual_command  # 10 ms, which the server's start need not pay

    settings, warnings = Settings(test_command=usual_command(project)), []
    for name, table in (("pyproject.toml", ("tool", "repairlsp")), ("repairlsp.toml", ())):
        try:
            mapping = _read_table(project / name, table)
        except ValueError as error:
            warnings.append(f"{name}: {error}; its settings are ignored")
            continue
        if mapping.get("sandbox") == "none":
            # The repository must not decide that its own code, or a patch, runs unconfined.
            mapping = {key: value for key, value in mapping.items() if key != "sandbox"}
            warnings.append(
                f'{name}: sandbox = "none" is not taken from a project: say it in the editor\'s '
                f"settings or with --sandbox none; using {_spell(settings.sandbox)}"
            )
        settings, more = from_mapping(mapping, base=settings, origin=name)
        warnings.extend(more)
    return Loaded(settings, tuple(warnings))


def from_mapping(
    mapping: Mapping[str, object], *, base: Settings | None = None, origin: str = "settings"
) -> Loaded:
    """`base` (by default the defaults) with the mapping's keys laid over it.

    A key may be written with hyphens. `origin` starts each warning: a file's name, "the editor".
    """
    settings, warnings = base or Settings(), []
    for written, value in mapping.items():
        key = written.replace("-", "_")
        if key not in READERS:
            warnings.append(f'{origin}: unknown setting "{written}"{_nearest(key)}; it is ignored')
            continue
        try:
            settings = replace(settings, **{key: READERS[key](value)})
        except ValueError as error:
            kept = _spell(getattr(settings, key))
            warnings.append(f"{origin}: {written} {error}, not {_spell(value)}; using {kept}")
    return Loaded(settings, tuple(warnings))


# --------------------------------------------------------------------------- values


def _command(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        try:
            words = shlex.split(value)
        except ValueError as error:
            raise ValueError(f"must be a command with balanced quotes ({error})") from error
    elif isinstance(value, list | tuple) and all(isinstance(word, str) for word in value):
        words = list(value)
    else:
        words = []
    if not words or not words[0]:
        raise ValueError('must be a command, such as "pytest -q" or ["pytest", "-q"]')
    return tuple(words)


def _model(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be a model's name or folder")
    return value


def _files(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(path, str) for path in value):
        raise ValueError("must be a list of paths")
    for path in map(PurePosixPath, value):
        if path.is_absolute() or ".." in path.parts or not path.parts:
            raise ValueError("must be paths inside the project, relative to it")
    return tuple(str(PurePosixPath(path)) for path in value)


def _choice(choices: tuple[str, ...]) -> Callable[[object], str]:
    def read(value: object) -> str:
        if value not in choices:
            raise ValueError(f"must be one of {', '.join(choices)}")
        return str(value)

    return read


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _seconds(value: object) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < math.inf:
        return float(value)
    raise ValueError("must be a number of seconds above 0")


def _whole(least: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise ValueError(f"must be a whole number, {least} or more")
        return value

    return read


READERS: Mapping[str, Callable[[object], Any]] = MappingProxyType(
    {
        "test_command": _command,
        "model": _model,
        "files": _files,
        "sandbox": _choice(get_args(SandboxMode)),
        "allow_loopback": _yes_or_no,
        "spectrum": _choice(get_args(SpectrumFormula)),
        "fork_server": _yes_or_no,
        "max_seconds": _seconds,
        "candidates": _whole(1),
        "patches": _whole(1),
        "test_seconds": _seconds,
        # 64 MiB: a bare interpreter with pytest maps about 40 MiB, so less could never run a test.
        "memory_mb": _whole(64),
    }
)
"""For each setting, what checks a value and turns it into its type; raises ValueError, whose text
continues a sentence that starts with the setting's name. The command line uses these as well."""

# --------------------------------------------------------------------------- files and wording


def _read_table(path: Path, table: tuple[str, ...]) -> Mapping[str, object]:
    """The settings in a TOML file; empty when there is none. ValueError says what is wrong."""
    try:
        data: object = tomllib.loads(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise ValueError(f"cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise ValueError(f"is not UTF-8 (byte {error.start})") from error
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"is not valid TOML ({error})") from error
    for key in table:
        if not isinstance(data, dict):
            break
        data = data.get(key, {})
    if not isinstance(data, dict):
        raise ValueError(f"[{'.'.join(table)}] must be a table")
    return data


def _nearest(key: str) -> str:
    close = difflib.get_close_matches(key, READERS, n=1)
    return f' (did you mean "{close[0]}"?)' if close else ""


def _spell(value: object) -> str:
    """A value as its owner would write it, short enough for one line."""
    if value is None:
        return "the embedded model"
    if isinstance(value, tuple):
        value = " ".join(map(str, value)) or "everywhere"
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= 40 else text[:37] + "..."
