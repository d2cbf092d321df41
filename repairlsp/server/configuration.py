"""The user's settings as the editor sends them: the project's keys, and a few of the editor's own.

In order of precedence: what the editor sends (in `initialize` or by `workspace/configuration`),
the project's file, the defaults. A bad value costs one message, and the default stands in for it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from repairlsp import settings

SECTION = "repairlsp"
"""What `workspace/configuration` is asked for."""

_CAPITAL = re.compile(r"(?<=[a-z])([A-Z])")
"""VS Code's settings are written `testCommand` by convention; both are understood."""

Verify = Literal["tests", "off"]


@dataclass(frozen=True)
class Configuration:
    """What the editor said. Everything that a project may settle as well is in `project_keys`."""

    trusted: bool = True
    """Whether tests and settings of the workspace may be executed."""
    verify: Verify = "tests"
    """`tests`: a fix is proved by the test command where it can be; `off`: it never is."""
    automatic: bool = True
    """Whether quick fixes are offered without being asked for (the light bulb)."""
    max_seconds: float = 10.0
    """How long one fix in the editor may take: people move on sooner than a CI machine, so the
    project's own `max_seconds` has no say here."""
    search_seconds: float = 60.0
    """How long the search for the fix of a failing test may take, in the background."""
    unload_seconds: float = 300.0
    """How long the model stays loaded after the last fix."""
    prefetch: bool = False
    """Whether the fix of the latest diagnostic is searched for before it is asked for."""
    log_file: Path | None = None
    """A file to log to. Only the editor's own settings can name one."""
    project_keys: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def for_project(self, project: Path) -> settings.Loaded:
        """The settings for one project.

        A project that is not trusted has no say: its test command would be executed, and the
        model that it names would be loaded.
        """
        base = settings.load(project) if self.trusted else settings.Loaded(settings.Settings(), ())
        merged = settings.from_mapping(
            self.project_keys, base=base.settings, origin="the editor's settings"
        )
        # What the editor's settings have wrong was said when they came.
        return settings.Loaded(merged.settings, base.warnings)


class Read(NamedTuple):
    configuration: Configuration
    warnings: tuple[str, ...]


def read(options: object, base: Configuration | None = None) -> Read:
    """`base` (by default the defaults) with the editor's `options` laid over it.

    Both `{"repairlsp": {...}}`, as VS Code's `synchronize` sends it, and the bare table are
    understood.
    """
    configuration = base or Configuration()
    if options is None:
        return Read(configuration, ())
    if isinstance(options, Mapping) and isinstance(options.get(SECTION), Mapping):
        options = options[SECTION]
    if not isinstance(options, Mapping):
        return Read(configuration, ("the editor's settings are not a table; they are ignored",))
    warnings: list[str] = []
    project_keys = dict(configuration.project_keys)
    for written, value in options.items():
        key = _CAPITAL.sub(r"_\1", str(written)).lower().replace("-", "_")
        if value is None:
            continue  # how VS Code spells "not set"
        if key not in _READERS:
            loaded = settings.from_mapping({key: value}, origin="the editor's settings")
            warnings.extend(loaded.warnings)
            if not loaded.warnings:
                project_keys[key] = value
            continue
        try:
            configuration = replace(configuration, **{key: _READERS[key](value)})
        except ValueError as error:
            kept = getattr(configuration, key)
            warnings.append(
                f"the editor's settings: {written} {error}, not {value!r}; using {kept!r}"
            )
    return Read(replace(configuration, project_keys=project_keys), tuple(warnings))


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _verify(value: object) -> Verify:
    if value == "tests":
        return "tests"
    if value == "off":
        return "off"
    raise ValueError('must be "tests" or "off"')


def _seconds(value: object) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < math.inf:
        return float(value)
    raise ValueError("must be a number of seconds above 0")


def _path(value: object) -> Path | None:
    if value == "":
        return None
    if isinstance(value, str) and "\0" not in value and Path(value).expanduser().is_absolute():
        return Path(value).expanduser()
    raise ValueError("must be an absolute path")


_READERS: Mapping[str, Callable[[object], Any]] = {
    "trusted": _flag,
    "verify": _verify,
    "automatic": _flag,
    "max_seconds": _seconds,
    "search_seconds": _seconds,
    "unload_seconds": _seconds,
    "prefetch": _flag,
    "log_file": _path,
}
