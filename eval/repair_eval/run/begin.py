"""Begin a run, or go on with one: the head that says what is to be done, and on what."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from repair_eval.configs import Configured
from repair_eval.record import Configuration, Run
from repair_eval.run.machine import this_machine, versions
from repair_eval.run.subjects import subject_of, suite_hash
from repair_eval.sources import facts
from repair_eval.store import Store, StoreError, is_blank
from repair_eval.suite import Suite, SuiteError
from repairlsp.errors import ModelError, UsageError


class Wanted(NamedTuple):
    """What the user asked for. `label` names the machine, empty for its processor's name."""

    suite: Suite
    configured: tuple[Configured, ...]
    seed: int
    repeats: int
    command: str
    label: str


class Available(NamedTuple):
    """Configurations whose model is here, with their records; and why the others are left out."""

    configured: tuple[Configured, ...]
    records: tuple[Configuration, ...]
    lacking: tuple[str, ...]


def available(configured: Sequence[Configured]) -> Available:
    """Look every model up."""
    here, records, lacking = [], [], []
    for one in configured:
        try:
            records.append(_record(one))
            here.append(one)
        except (ModelError, UsageError) as error:
            hint = f" ({error.hint})" if error.hint else ""
            lacking.append(f"{one.name}: {error}{hint}")
    return Available(tuple(here), tuple(records), tuple(lacking))


def head(wanted: Wanted, records: Sequence[Configuration]) -> Run:
    """The head of a new run. Raises SuiteError where the suite is not whole."""
    refused = wanted.suite.refused
    if refused:
        problems = (f"{one.id}: {problem}" for one in refused for problem in one.problems)
        raise SuiteError(*problems, hint="a run needs a suite that loads; see `repair-eval check`")
    return Run(
        id=uuid.uuid4().hex[:12],
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        command=wanted.command,
        machine=this_machine(wanted.label),
        versions=versions(),
        suite=str(wanted.suite.place),
        suite_hash=suite_hash(wanted.suite.defects),
        seed=wanted.seed,
        repeats=wanted.repeats,
        configurations=tuple(records),
        subjects=tuple(map(subject_of, wanted.suite.defects)),
    )


def open_run(path: Path, run: Run, *, resume: bool) -> Store:
    """A store to write to: a new one, or with `resume` the one that is there, if it is the same
    run. Raises StoreError."""
    if not resume or not path.exists() or is_blank(path):
        return Store.begin(path, run)
    store = Store.open(path)
    if differences := list(_differences(store.run, run)):
        raise StoreError(
            f"{path} is another run: {'; '.join(differences)}",
            "give the same options again, or another --out",
        )
    return store


def _record(one: Configured) -> Configuration:
    known = facts(one.spec)
    return Configuration(
        name=one.name,
        label=one.label,
        kind=known.kind,
        engine=known.engine,
        model=known.model,
        model_hash=known.model_hash,
        model_bytes=known.model_bytes,
        precision=one.precision,
        hardware=one.hardware,
        settings=one.settings,
    )


def _differences(old: Run, new: Run) -> Iterator[str]:
    """Why results of the one must not stand beside those of the other."""
    if old.suite_hash != new.suite_hash:
        yield "the suite has changed, or other defects of it are asked for"
    if (old.seed, old.repeats) != (new.seed, new.repeats):
        yield f"it has seed {old.seed} and {old.repeats} repeats"
    before = {one.name: one for one in old.configurations}
    after = {one.name: one for one in new.configurations}
    if gone := sorted(before.keys() - after.keys()):
        yield f"it also has {', '.join(gone)}"
    if added := sorted(after.keys() - before.keys()):
        yield f"it does not have {', '.join(added)}"
    for name in sorted(before.keys() & after.keys()):
        if before[name].settings != after[name].settings:
            yield f"{name} has other settings there"
        elif before[name].model_hash != after[name].model_hash:
            yield f"{name} has another model there"
