"""What is wrong with a suite, said so that its author can put it right."""

from __future__ import annotations

from collections.abc import Sequence

from repairlsp.errors import RepairlspError


class SuiteError(RepairlspError):
    """A suite or a defect is not as its schema says, or its content cannot be had.

    `problems` are the single findings, each naming its file and key; the message is all of them,
    one a line.
    """

    def __init__(self, *problems: str, hint: str = "") -> None:
        super().__init__("\n".join(problems), hint)
        self.problems: Sequence[str] = problems
