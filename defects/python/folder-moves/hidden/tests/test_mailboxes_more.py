import asyncio
from itertools import permutations

import pytest
from mailboxes import Mailbox


class Server:
    def __init__(self):
        self.messages = {}
        self.busy = set()
        self.most_busy = 0

    async def _work(self, path):
        assert path not in self.busy
        self.busy.add(path)
        self.most_busy = max(self.most_busy, len(self.busy))
        for _ in range(3):
            await asyncio.sleep(0)
        self.busy.discard(path)

    async def fetch(self, path, number):
        await self._work(path)
        return self.messages[path, number]

    async def store(self, path, message):
        await self._work(path)
        number = len(self.messages) + 1
        self.messages[path, number] = message
        return number


async def settled(*coroutines, turns=1500):
    """The results; None for what is not done after so many turns of the loop."""
    tasks = [asyncio.ensure_future(coroutine) for coroutine in coroutines]
    for _ in range(turns):
        await asyncio.sleep(0)
    results = [task.result() if task.done() else None for task in tasks]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return results


@pytest.mark.parametrize("paths", ["ab", "abc", "dcba"])
def test_moves_in_every_direction(paths):
    async def main():
        mailbox = Mailbox(Server())
        moves = []
        for source, target in [*permutations(paths, 2)] * 2:
            number = await mailbox.add(source, f"{source}{target}".encode())
            moves.append(mailbox.move(number, source, target))
        assert None not in await settled(*moves)
        counts = {path: len(mailbox.folder(path).numbers) for path in paths}
        assert counts == dict.fromkeys(paths, 2 * (len(paths) - 1))

    asyncio.run(main())


def test_a_circle():
    async def main():
        server = Server()
        mailbox = Mailbox(server)
        numbers = {path: await mailbox.add(path, path.encode()) for path in "xyz"}
        new = await settled(
            mailbox.move(numbers["x"], "x", "y"),
            mailbox.move(numbers["y"], "y", "z"),
            mailbox.move(numbers["z"], "z", "x"),
        )
        assert [server.messages[key] for key in zip("yzx", new)] == [b"x", b"y", b"z"]

    asyncio.run(main())


def test_other_folders_do_not_wait():
    async def main():
        server = Server()
        mailbox = Mailbox(server)
        one = await mailbox.add("a", b"1")
        two = await mailbox.add("c", b"2")
        assert None not in await settled(mailbox.move(one, "a", "b"), mailbox.move(two, "c", "d"))
        assert server.most_busy == 2

    asyncio.run(main())


def test_to_the_folder_itself():
    async def main():
        mailbox = Mailbox(Server())
        number = await mailbox.add("a", b"1")
        assert await settled(mailbox.move(number, "a", "a")) == [number]
        assert mailbox.folder("a").numbers == [number]

    asyncio.run(main())


def test_a_message_is_moved_once():
    async def main():
        mailbox = Mailbox(Server())
        number = await mailbox.add("a", b"1")
        results = await asyncio.gather(
            mailbox.move(number, "a", "b"), mailbox.move(number, "a", "c"), return_exceptions=True
        )
        assert sorted(type(result).__name__ for result in results) == ["LookupError", "int"]
        assert len(mailbox.folder("b").numbers) + len(mailbox.folder("c").numbers) == 1
        assert await mailbox.move_all("b", "a") + await mailbox.move_all("c", "a") == 1

    asyncio.run(main())
