"""Nested settings as flat ones, for environment variables and for showing differences."""

from collections.abc import Iterator, Mapping

_MISSING = "(not set)"


def flatten(settings: Mapping, prefix: str = "") -> Iterator[tuple[str, object]]:
    """Yield (dotted name, value) for each value, in the order of the settings.

    >>> dict(flatten({"db": {"host": "localhost", "port": 5432}}))
    {'db.host': 'localhost', 'db.port': 5432}

    An empty mapping is a value. Lists are values, too.
    """
    for key, value in settings.items():
        name = f"{prefix}.{key}" if prefix else str(key)
        if isinstance(value, Mapping) and value:
            yield from flatten(value, key)
        else:
            yield name, value


def as_environment(settings: Mapping, application: str) -> dict[str, str]:
    """The settings as environment variables: `APP_DB_HOST`. Switches are 1 and 0; what is None is
    left out.
    """
    variables = {}
    for name, value in flatten(settings, application):
        if value is None:
            continue
        if isinstance(value, bool):
            value = int(value)
        variables[name.upper().replace(".", "_").replace("-", "_")] = str(value)
    return variables


def differences(old: Mapping, new: Mapping) -> list[str]:
    """One line for each value that differs, in order of the names: `db.port: 5432 -> 5433`."""
    before, after = dict(flatten(old)), dict(flatten(new))
    lines = []
    for name in sorted(before.keys() | after.keys()):
        was, now = before.get(name, _MISSING), after.get(name, _MISSING)
        if was != now:
            lines.append(f"{name}: {was} -> {now}")
    return lines
