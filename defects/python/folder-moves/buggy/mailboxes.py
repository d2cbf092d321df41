"""Mail folders on a server that is asked asynchronously."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Protocol


class Backend(Protocol):
    """The server: both calls take a while, and must not run for one folder at the same time."""

    async def fetch(self, path: str, number: int) -> bytes: ...

    async def store(self, path: str, message: bytes) -> int: ...


class Folder:
    """The numbers of the messages in a folder. Whoever changes it holds its lock."""

    def __init__(self, path: str, numbers: Iterable[int] = ()) -> None:
        self.path = path
        self.numbers = list(numbers)
        self.lock = asyncio.Lock()


class Mailbox:
    """Folders by their paths, which are unique."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._folders: dict[str, Folder] = {}

    def folder(self, path: str) -> Folder:
        """The folder at the path, which is made where there is none."""
        if path not in self._folders:
            self._folders[path] = Folder(path)
        return self._folders[path]

    async def add(self, path: str, message: bytes) -> int:
        """Store a message; returns its number in the folder."""
        folder = self.folder(path)
        async with folder.lock:
            number = await self._backend.store(path, message)
            folder.numbers.append(number)
        return number

    async def move(self, number: int, source_path: str, target_path: str) -> int:
        """Move a message, and return its new number. LookupError where it is not in the source.

        Moves may run at the same time, whatever their folders are; those with no folder in common
        do not wait for each other.
        """
        if source_path == target_path:
            return number
        source, target = self.folder(source_path), self.folder(target_path)
        async with source.lock, target.lock:
            if number not in source.numbers:
                raise LookupError(f"no message {number} in {source_path}")
            message = await self._backend.fetch(source_path, number)
            new = await self._backend.store(target_path, message)
            source.numbers.remove(number)
            target.numbers.append(new)
        return new

    async def move_all(self, source_path: str, target_path: str) -> int:
        """Move every message; returns how many there were."""
        numbers = list(self.folder(source_path).numbers)
        for number in numbers:
            await self.move(number, source_path, target_path)
        return len(numbers)
