"""The attempts of one configuration, as measures want them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from repair_eval.record import Attempt, Configuration, Recorded, Run, Subject


@dataclass(frozen=True)
class Results:
    """One configuration of one run. `name` is unique among those that are measured together."""

    name: str
    run: Run
    configuration: Configuration
    attempts: tuple[Attempt, ...]

    @cached_property
    def by_defect(self) -> Mapping[str, tuple[Attempt, ...]]:
        """Defect -> its attempts by repeat, for defects with at least one."""
        found: dict[str, list[Attempt]] = defaultdict(list)
        for attempt in self.attempts:
            found[attempt.defect].append(attempt)
        return {
            defect: tuple(sorted(attempts, key=lambda one: one.repeat))
            for defect, attempts in found.items()
        }

    @cached_property
    def done(self) -> tuple[Attempt, ...]:
        """The attempts in which the machinery held."""
        return tuple(one for one in self.attempts if one.status == "done")

    @property
    def broken(self) -> int:
        """Attempts in which the machinery broke down. They repaired nothing, and are counted."""
        return len(self.attempts) - len(self.done)

    @property
    def pending(self) -> int:
        """Attempts that the run was to make and has not yet."""
        return len(self.tried) * self.run.repeats - len(self.attempts)

    @property
    def unjudged(self) -> int:
        """Answers that no test has judged yet."""
        return sum(one.plausible is None for attempt in self.done for one in attempt.samples)

    @cached_property
    def tried(self) -> tuple[Subject, ...]:
        """The run's defects that were not skipped."""
        return tuple(subject for subject in self.run.subjects if not subject.skipped)

    @property
    def is_control(self) -> bool:
        """Known beforehand: shows that the judge is right, and is no contestant."""
        return self.configuration.kind == "control"


def results_of(runs: Sequence[tuple[str, Recorded]]) -> tuple[Results, ...]:
    """A Results for each configuration of each run; a run comes with what to call it where two
    have a configuration of the same name."""
    names = Counter(one.name for _, recorded in runs for one in recorded.run.configurations)
    found = []
    for title, (run, attempts) in runs:
        own: dict[str, list[Attempt]] = defaultdict(list)
        for attempt in attempts:
            own[attempt.configuration].append(attempt)
        for configuration in run.configurations:
            name = configuration.name
            unique = f"{name} ({title})" if names[name] > 1 else name
            found.append(Results(unique, run, configuration, tuple(own[name])))
    return tuple(found)
