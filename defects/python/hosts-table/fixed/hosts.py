"""Hosts files: names for addresses, as in /etc/hosts."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass, field


class HostsError(ValueError):
    """A line that cannot be read."""

    def __init__(self, number: int, problem: str) -> None:
        super().__init__(f"line {number}: {problem}")
        self.number = number


@dataclass
class Hosts:
    """The addresses of names and the names of addresses. Names are in lower case."""

    addresses: dict[str, str] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def parse(cls, lines: Iterable[str]) -> Hosts:
        """From lines with an address and its names. `#` begins a comment, and lines with nothing
        else are skipped. Where a name comes twice, the first address counts. Raises HostsError.
        """
        hosts = cls()
        for number, line in enumerate(lines, 1):
            fields = line.partition("#")[0].split()
            if not fields:
                continue
            address, *names = fields
            try:
                ipaddress.ip_address(address)
            except ValueError:
                raise HostsError(number, f"not an address: {address}") from None
            if not names:
                raise HostsError(number, f"no name for {address}")
            hosts.add(address, names)
        return hosts

    def add(self, address: str, names: Iterable[str]) -> None:
        known = self.names.setdefault(address, [])
        for name in map(str.lower, names):
            self.addresses.setdefault(name, address)
            if name not in known:
                known.append(name)

    def blocked(self) -> list[str]:
        """The names that lead nowhere, which is how hosts files block advertisements."""
        return sorted(name for name, to in self.addresses.items() if to in ("0.0.0.0", "::"))

    def render(self) -> str:
        """The table as a hosts file."""
        return "".join(f"{address}\t{' '.join(names)}\n" for address, names in self.names.items())
