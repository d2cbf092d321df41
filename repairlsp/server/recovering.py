"""What a killed `repairlsp fix --apply` left half-written is put right when a server starts, too:
its user may never run that command again, but opens the files."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress


def put_right(show: Callable[[str], None]) -> None:
    """Undo half-written patches, and call `show` on the running event loop with what was found.

    On a thread of its own, which nobody waits for: it reads the disk, and waits for whoever is
    writing a patch just now.
    """
    loop = asyncio.get_running_loop()

    def work() -> None:
        from repairlsp.errors import PatchError
        from repairlsp.patches import recover

        try:
            told = [f"{found.message}; {found.outcome}" for found in recover()]
        except (PatchError, OSError) as error:
            told = [f"a half-written patch could not be taken back: {error}"]
        for text in told:
            with suppress(RuntimeError):  # the session is over; the files are right all the same
                loop.call_soon_threadsafe(show, text)

    threading.Thread(target=work, name="recovering", daemon=True).start()
