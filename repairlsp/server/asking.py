"""From what the user asked for to the engine's request: project, overlays, settings, limits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from repairlsp.errors import UsageError
from repairlsp.server.answers import RequestFailedError
from repairlsp.server.cells import CellModule, module_of
from repairlsp.server.documents import Document
from repairlsp.server.scene import Scene
from repairlsp.server.targets import Target
from repairlsp.settings import Settings
from repairlsp.types import Diagnostic, LineSpan, RepairRequest

MAX_TEXT_BYTES = 2 << 20
"""The longest document that is worked on: one of this size parses in about a second."""
_OUTSIDE = 8
"""So many suggestions more for a notebook's cell: some are for the cells above it, and no use."""


@dataclass(frozen=True)
class Question:
    """One target with all that the answer depends on."""

    target: Target
    document: Document
    file: Path
    scene: Scene

    @property
    def path(self) -> str:
        """The document's path in its project."""
        return self.file.relative_to(self.scene.project).as_posix()

    @cached_property
    def module(self) -> CellModule | None:
        """The module around a notebook's cell; None for a file. Takes a while to make."""
        cell = self.scene.cells.get(self.file)
        return module_of(cell, self.path) if cell else None


def check_that_it_can_be_fixed(document: Document) -> None:
    """Raises RequestFailedError for a document that is too long, or cannot be written down."""
    try:
        size = len(document.text.encode())
    except UnicodeEncodeError as error:
        raise RequestFailedError(
            "the document holds half a character (a lone surrogate), so it cannot be run"
        ) from error
    if size > MAX_TEXT_BYTES:
        limit = MAX_TEXT_BYTES >> 20
        raise RequestFailedError(f"the document has {size / 2**20:.1f} MiB; the limit is {limit}")


def repair_request(asked: Question, settings: Settings, patches: int = 1) -> RepairRequest:
    """The engine's request for a place in a document, of the best patch or so many of them.

    Reads files, so it belongs on the job's thread. Raises UsageError for a file of tests.
    """
    from repairlsp.patches import is_test_path  # with the engine: the first fix pays for it

    target, path, configuration = asked.target, asked.path, asked.scene.configuration
    if is_test_path(path):
        raise UsageError(
            "repairlsp never changes tests", "ask for the fix in the code that they test"
        )
    module = asked.module
    first = 1 + (module.shift if module else 0)
    diagnostics: tuple[Diagnostic, ...] = ()
    lines: tuple[tuple[str, int], ...] = ()
    if (finding := target.finding) is not None:
        span = LineSpan(first + finding.lines.start, first + finding.lines.end)
        diagnostics = (Diagnostic(path, span, finding.message, finding.source, finding.code),)
    else:
        numbers = range(target.lines.start, min(target.lines.end, len(asked.document.lines)))
        lines = tuple(
            (path, first + number) for number in numbers if asked.document.line(number).strip()
        )
    testable = asked.document.language == "python" and module is None
    proving = testable and configuration.trusted and configuration.verify == "tests"
    request = replace(
        _request(asked.scene, settings, configuration.max_seconds),
        command=settings.test_command if proving else None,
        files=(path,),
        lines=lines,
        diagnostics=diagnostics,
        use_checkers=configuration.trusted,
        allow_unverified=True,
    )
    suggestions = patches + (_OUTSIDE if module else 0)
    limits = replace(request.limits, patches=patches, suggestions=suggestions)
    overlays = {**request.overlays, path: module.text} if module else request.overlays
    return replace(request, limits=limits, overlays=overlays)


def check_that_tests_may_run(scene: Scene) -> None:
    """Raises RequestFailedError where the user does not want tests to be run."""
    if not scene.configuration.trusted:
        raise RequestFailedError(
            "this workspace is not trusted, so its tests are not run; trust it in the editor first"
        )
    if scene.configuration.verify == "off":
        raise RequestFailedError('the setting verify is "off", so no tests are run')


def request_for_tests(scene: Scene, settings: Settings, tests: tuple[str, ...]) -> RepairRequest:
    """The engine's request for these failing tests, or all. Reads files, as above."""
    request = _request(scene, settings, scene.configuration.search_seconds)
    return replace(request, command=settings.test_command, tests=tests, files=settings.files)


def _request(scene: Scene, settings: Settings, seconds: float) -> RepairRequest:
    """What all requests have in common."""
    # Half the time at most goes into the first run of the tests, so that the rest is enough for
    # suggestions where they take too long.
    test_seconds = min(settings.test_seconds, seconds / 2)
    limits = replace(settings.limits, max_seconds=seconds, test_seconds=test_seconds, patches=1)
    return RepairRequest(
        project=scene.project,
        overlays=scene.overlays(),
        model=scene.model(settings),
        sandbox=settings.sandbox,
        allow_loopback=settings.allow_loopback,
        spectrum=settings.spectrum,
        use_fork_server=settings.fork_server,
        limits=limits,
    )
