"""Write a run, one transaction for each thing that happened: a kill loses what was in flight."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, NamedTuple, Self

from repair_eval.judging import Judged, Reference
from repair_eval.record import Attempt, Run
from repair_eval.store.database import StoreError, create, open_file
from repair_eval.store.documents import attempt_document, run_document
from repair_eval.store.reader import head


class Key(NamedTuple):
    """One attempt."""

    configuration: str
    defect: str
    repeat: int


class Unjudged(NamedTuple):
    """Different answers to one defect that have no judgement yet."""

    defect: str
    diffs: tuple[str, ...]


class Store:
    """A run that is being written. One process writes; others may read meanwhile."""

    def __init__(self, connection: sqlite3.Connection, run: Run) -> None:
        self._connection = connection
        self.run = run

    @classmethod
    def begin(cls, path: Path, run: Run) -> Self:
        """A new file. Raises StoreError where there is one already."""
        connection = create(path, run_document(run))
        return cls(connection, run)

    @classmethod
    def open(cls, path: Path) -> Self:
        """A run that is there, to go on with it. Raises StoreError."""
        connection = open_file(path, writable=True)
        try:
            # Taken and given back at once: tells a second writer before it has computed anything.
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("COMMIT")
            return cls(connection, head(connection, path))
        except sqlite3.OperationalError as error:
            raise StoreError(f"{path} cannot be written: {error}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    # ----------------------------------------------------------------- what is there

    def ended(self) -> frozenset[Key]:
        """The attempts that are over, for good or bad."""
        rows = self._connection.execute("SELECT configuration, defect, repeat FROM attempt")
        return frozenset(Key(*row) for row in rows)

    def references(self) -> dict[str, Reference]:
        """Defect -> the tests that pass with its fix."""
        rows = self._connection.execute("SELECT * FROM reference")
        return {
            defect: Reference(tuple(json.loads(visible)), tuple(json.loads(everything)), seconds)
            for defect, visible, everything, seconds in rows
        }

    def unjudged(self) -> list[Unjudged]:
        """What is to be judged, by defect."""
        rows = self._connection.execute(
            "SELECT DISTINCT s.defect, s.diff FROM sample s LEFT JOIN judgement j"
            " ON j.defect = s.defect AND j.diff = s.diff WHERE j.defect IS NULL"
            " ORDER BY s.defect, s.diff"
        )
        found: dict[str, list[str]] = {}
        for defect, diff in rows:
            found.setdefault(defect, []).append(diff)
        return [Unjudged(defect, tuple(diffs)) for defect, diffs in found.items()]

    def judged(self) -> set[tuple[str, str]]:
        """The answers that have a judgement: (defect, diff)."""
        return set(self._connection.execute("SELECT defect, diff FROM judgement"))

    # ----------------------------------------------------------------- what happened

    def add_attempt(self, attempt: Attempt) -> bool:
        """Keep an attempt that has ended, with its samples as they were submitted. False where it
        is there already, from a worker that was taken for lost: then nothing changes."""
        key = Key(attempt.configuration, attempt.defect, attempt.repeat)
        with self._transaction():
            cursor = self._connection.execute(
                "INSERT OR IGNORE INTO attempt VALUES (?, ?, ?, ?, ?)",
                (*key, attempt.status, attempt_document(attempt)),
            )
            if cursor.rowcount == 0:
                return False
            self._connection.executemany(
                "INSERT INTO sample VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    (
                        *key,
                        sample.index,
                        sample.diff,
                        sample.origin,
                        sample.log_likelihood,
                        sample.well_formed,
                        sample.seconds,
                        sample.reason,
                    )
                    for sample in attempt.samples
                ),
            )
        return True

    def add_failure(
        self, subject: Literal["generate", "judge"], key: Key, number: int, error: str
    ) -> None:
        """Keep a breakdown of the machinery; `number` is that of the try."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._transaction():
            row = (subject, *key, number, error, now)
            self._connection.execute("INSERT INTO failure VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def add_reference(self, defect: str, reference: Reference) -> None:
        """Keep which tests pass with the fix; the first answer stays."""
        visible, everything = map(json.dumps, (reference.visible, reference.everything))
        row = (defect, visible, everything, reference.seconds)
        self._connection.execute("INSERT OR IGNORE INTO reference VALUES (?, ?, ?, ?)", row)

    def add_judgements(self, defect: str, judged: Iterable[tuple[str, Judged]]) -> None:
        """Keep verdicts, with the diffs that they are of."""
        rows = [
            (
                defect,
                diff,
                one.plausible,
                one.correct,
                one.exact,
                one.ast_same,
                one.lines_changed,
                one.reason,
                one.test_seconds,
                "",
            )
            for diff, one in judged
        ]
        with self._transaction():
            self._connection.executemany(
                "INSERT OR REPLACE INTO judgement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows
            )

    def add_unjudgeable(self, defect: str, diffs: Sequence[str], error: str) -> None:
        """Keep that judging broke down in every try."""
        with self._transaction():
            self._connection.executemany(
                "INSERT OR REPLACE INTO judgement"
                " VALUES (?, ?, NULL, NULL, 0, NULL, 0, '', 0.0, ?)",
                [(defect, diff, error) for diff in diffs],
            )

    def forget_judgements(self, *, only_errors: bool) -> None:
        """Make all answers unjudged again, or those whose judging broke down."""
        with self._transaction():
            where = "WHERE error <> ''" if only_errors else ""
            self._connection.execute(f"DELETE FROM judgement {where}")
            if not only_errors:
                self._connection.execute("DELETE FROM reference")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")
