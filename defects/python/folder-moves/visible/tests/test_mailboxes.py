import asyncio

import pytest
from mailboxes import Mailbox


class Server:
    """Keeps messages in memory; a call lets others run before it answers."""

    def __init__(self):
        self.messages = {}

    async def fetch(self, path, number):
        await asyncio.sleep(0)
        return self.messages[path, number]

    async def store(self, path, message):
        await asyncio.sleep(0)
        number = len(self.messages) + 1
        self.messages[path, number] = message
        return number


async def finished(*coroutines, turns=200):
    """Run them side by side for so many turns of the loop; whether all are done by then."""
    tasks = [asyncio.ensure_future(coroutine) for coroutine in coroutines]
    for _ in range(turns):
        await asyncio.sleep(0)
    done = all(task.done() for task in tasks)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return done


def test_move():
    async def main():
        mailbox = Mailbox(Server())
        number = await mailbox.add("inbox", b"hello")
        new = await mailbox.move(number, "inbox", "archive")
        assert mailbox.folder("inbox").numbers == []
        assert mailbox.folder("archive").numbers == [new]

    asyncio.run(main())


def test_back_and_forth_at_the_same_time():
    async def main():
        mailbox = Mailbox(Server())
        for path in ("inbox", "inbox", "spam", "spam"):
            await mailbox.add(path, b"hello")
        assert await finished(
            mailbox.move(1, "inbox", "spam"),
            mailbox.move(2, "inbox", "spam"),
            mailbox.move(3, "spam", "inbox"),
            mailbox.move(4, "spam", "inbox"),
        )

    asyncio.run(main())


def test_a_message_that_is_not_there():
    async def main():
        with pytest.raises(LookupError):
            await Mailbox(Server()).move(1, "inbox", "spam")

    asyncio.run(main())
