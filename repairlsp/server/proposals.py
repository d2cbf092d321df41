"""Fixes that the user looks at before one of them is applied, and that may touch several files.

A proposal is shown as a diff, for as long as it takes. It is applied by `accept`, which looks once
more whether the files still are what the fix was made for.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lsprotocol import types

from repairlsp.errors import PatchError
from repairlsp.server.answers import ContentModifiedError, InvalidParamsError
from repairlsp.server.client import Client
from repairlsp.server.scene import Base, Scene
from repairlsp.server.suggestion import is_preferred, proof_of, remark_of, workspace_edit
from repairlsp.source import SourceText
from repairlsp.types import Patch, RepairResult

KEPT = 8
"""Older ones are forgotten: nobody accepts what was shown so long ago."""

_LABEL_CHARACTERS = 60


@dataclass(frozen=True)
class ProposedFix:
    """A patch, the texts that it was made for, and the texts that it makes of them, by path."""

    patch: Patch
    bases: dict[str, Base]
    after: dict[str, str]
    remark: str

    @property
    def label(self) -> str:
        """Where, and the first new line: enough to tell several fixes apart."""
        edit = self.patch.edits[0]
        new = next((line.strip() for line in edit.lines if line.strip()), "lines deleted")
        new = new if len(new) <= _LABEL_CHARACTERS else new[: _LABEL_CHARACTERS - 1] + "…"
        return f"{edit.path}:{edit.span.start}: {new}"

    def to_json(self) -> dict[str, Any]:
        """As `repairlsp/proposal` has it; see docs/editors.md."""
        return {
            "label": self.label,
            "proof": proof_of(self.patch),
            "verified": self.patch.status == "verified",
            "preferred": is_preferred(self.patch),
            "remark": self.remark,
            "source": self.patch.source,
            "diff": self.patch.diff,
            "files": [
                {"uri": base.document.uri, "newText": self.after[path]}
                for path, base in self.bases.items()
            ],
        }


@dataclass(frozen=True)
class Proposal:
    """Fixes to choose from, best first. `tests` pass with those of them that are verified."""

    id: str
    title: str
    project: Path
    tests: tuple[str, ...]
    fixes: tuple[ProposedFix, ...]

    def to_json(self) -> dict[str, Any]:
        fixes = [fix.to_json() for fix in self.fixes]
        tests = list(self.tests)
        return {"id": self.id, "title": self.title, "tests": tests, "fixes": fixes}


class Proposals:
    """The proposals of a session, by id."""

    def __init__(self) -> None:
        self._kept: dict[str, Proposal] = {}
        self._numbers = itertools.count(1)

    def add(
        self, title: str, project: Path, tests: Iterable[str], fixes: Sequence[ProposedFix]
    ) -> Proposal:
        proposal = Proposal(str(next(self._numbers)), title, project, tuple(tests), tuple(fixes))
        self._kept[proposal.id] = proposal
        while len(self._kept) > KEPT:
            del self._kept[next(iter(self._kept))]
        return proposal

    def find(self, id: object, fix: object) -> tuple[Proposal, ProposedFix]:
        """Raises InvalidParamsError for what was never proposed, or is forgotten."""
        proposal = self._kept.get(id) if isinstance(id, str) else None
        if proposal is None:
            raise InvalidParamsError("there is no such proposal any more; search again")
        if not isinstance(fix, int) or not 0 <= fix < len(proposal.fixes):
            raise InvalidParamsError(f"the proposal has fixes 0 to {len(proposal.fixes) - 1}")
        return proposal, proposal.fixes[fix]


def proposed_fixes(result: RepairResult, scene: Scene) -> list[ProposedFix]:
    """The patches of a result with their texts. Reads files, so it belongs on the job's thread.

    A patch whose file was changed on disk while the search ran is left out: its lines are others.
    """
    found = []
    for patch in result.patches:
        bases: dict[str, Base] = {}
        after: dict[str, str] = {}
        try:
            for path in dict.fromkeys(edit.path for edit in patch.edits):
                bases[path] = scene.base(scene.project / path)
                source = SourceText.from_text(bases[path].document.text)
                after[path] = source.apply(e for e in patch.edits if e.path == path).text
            if _diff(patch, bases) == patch.diff:
                found.append(ProposedFix(patch, bases, after, remark_of(patch, result)))
        except (OSError, PatchError):
            continue
    return found


def _diff(patch: Patch, bases: dict[str, Base]) -> str:
    from repairlsp.patches import unified_diff

    diffs = []
    for path, base in bases.items():
        source = SourceText.from_text(base.document.text)
        edited = source.apply(edit for edit in patch.edits if edit.path == path)
        diffs.append(unified_diff(path, source, edited))
    return "".join(diffs)


def accepted_edit(fix: ProposedFix, now: Scene, client: Client) -> types.WorkspaceEdit:
    """The edit for the texts as they are now. Raises ContentModifiedError when they changed."""
    bases = {}
    for path, base in fix.bases.items():
        try:
            bases[path] = now.base(now.project / path)
            changed = bases[path].document.lines != base.document.lines
        except (OSError, PatchError):
            changed = True
        if changed:
            raise ContentModifiedError(
                f"{path} was changed since this fix was found, so it was not applied; search again"
            )
    return workspace_edit(fix.patch, bases, client, fix.remark)
