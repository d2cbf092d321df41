"""What has to be done."""

from collections.abc import Mapping
from dataclasses import dataclass

from mirror.scan import Entry


@dataclass(frozen=True)
class Plan:
    """Paths to remove, then folders to make, then files to copy, each in the order of the steps."""

    remove: tuple[str, ...] = ()
    make: tuple[str, ...] = ()
    copy: tuple[str, ...] = ()

    def describe(self) -> str:
        """A line for each step: `- old.txt`, `+ new/`, `> new/file.txt`."""
        lines = [f"- {path}" for path in self.remove]
        lines += [f"+ {path}/" for path in self.make]
        lines += [f"> {path}" for path in self.copy]
        return "\n".join(lines)


def make_plan(source: Mapping[str, Entry], target: Mapping[str, Entry]) -> Plan:
    """The steps that make a folder with the entries `target` one with those of `source`."""

    def is_in_the_way(path: str) -> bool:
        return path not in source or source[path].is_folder != target[path].is_folder

    gone = {path for path in target if is_in_the_way(path)}
    kept = target.keys() - gone
    return Plan(
        remove=tuple(sorted(gone, reverse=True)),
        make=tuple(sorted(path for path in source if source[path].is_folder and path not in kept)),
        copy=tuple(
            sorted(
                path
                for path, entry in source.items()
                if not entry.is_folder and (path not in kept or target[path] != entry)
            )
        ),
    )
