"""Build a suite from drafts: run each, keep what holds, name what does not."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from repair_eval.importers.destination import Destination
from repair_eval.importers.draft import Draft, Item, NotImported, UnfitError
from repair_eval.importers.settle import settle
from repair_eval.importers.writing import slug
from repairlsp.errors import CancelledError
from repairlsp.sandbox import NEVER, Sandbox
from repairlsp.types import CancelToken


class Imported(NamedTuple):
    """A defect that was written, by its id in the suite and its name in the benchmark."""

    id: str
    name: str


Outcome = Imported | NotImported


class _Placed(NamedTuple):
    draft: Draft
    folder: Path


def build(
    items: Iterable[Item],
    destination: Destination,
    sandbox: Sandbox,
    jobs: int = 1,
    cancel: CancelToken = NEVER,
) -> Iterator[Outcome]:
    """Write the defects below `destination.staging`; an outcome for each item, in order. `jobs`
    are run at a time. Raises CancelledError."""
    taken: set[str] = set()

    def work(item: NotImported | _Placed) -> Outcome:
        if isinstance(item, NotImported):
            return item
        return tried(item.draft, item.folder, sandbox, cancel)

    with _pool(jobs) as pool:
        yield from pool.map(work, (place(item, destination, taken) for item in items))


def place(item: Item, destination: Destination, taken: set[str]) -> NotImported | _Placed:
    """Give a draft its folder, whose name is then `taken`, and the suite its repository."""
    if isinstance(item, NotImported):
        return item
    name = slug(item.name, taken)
    if name in taken:
        return NotImported(item.name, "another one has the same name")
    taken.add(name)
    try:
        if item.base is not None:
            destination.keep(item.base)
    except UnfitError as error:
        return NotImported(item.name, str(error))
    return _Placed(item, destination.staging / "python" / name)


def tried(draft: Draft, folder: Path, sandbox: Sandbox, cancel: CancelToken) -> Outcome:
    """Settle one draft; nothing is left of one that is unfit. Raises CancelledError."""
    if cancel.is_set():
        raise CancelledError
    try:
        settle(draft, folder, sandbox, cancel)
    except UnfitError as error:
        shutil.rmtree(folder, ignore_errors=True)
        return NotImported(draft.name, str(error))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)  # half-finished
        raise
    return Imported(f"python/{folder.name}", draft.name)


@contextmanager
def _pool(jobs: int) -> Iterator[ThreadPoolExecutor]:
    pool = ThreadPoolExecutor(max_workers=jobs)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)
