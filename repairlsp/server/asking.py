"""From what the user asked for to the engine's request: project, overlays, settings, limits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from repairlsp.errors import UsageError
from repairlsp.server.answers import RequestFailedError
from repairlsp.server.documents import Document
from repairlsp.server.folders import to_path
from repairlsp.server.scene import Scene
from repairlsp.server.targets import Target
from repairlsp.settings import Settings
from repairlsp.types import Diagnostic, LineSpan, RepairRequest

MAX_TEXT_BYTES = 2 << 20
"""The longest document that is worked on: one of this size parses in about a second."""


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


def fixable_file(document: Document) -> Path:
    """The document's file. Raises RequestFailedError for one that is no file here, or too long."""
    file = to_path(document.uri)
    if file is None:
        raise RequestFailedError(f"only files on this machine can be fixed, not {document.uri}")
    try:
        size = len(document.text.encode())
    except UnicodeEncodeError as error:
        raise RequestFailedError(
            "the document holds half a character (a lone surrogate), so it cannot be run"
        ) from error
    if size > MAX_TEXT_BYTES:
        limit = MAX_TEXT_BYTES >> 20
        raise RequestFailedError(f"the document has {size / 2**20:.1f} MiB; the limit is {limit}")
    return file


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
    diagnostics: tuple[Diagnostic, ...] = ()
    lines: tuple[tuple[str, int], ...] = ()
    if (finding := target.finding) is not None:
        span = LineSpan(finding.lines.start + 1, finding.lines.end + 1)
        diagnostics = (Diagnostic(path, span, finding.message, finding.source, finding.code),)
    else:
        numbers = range(target.lines.start, min(target.lines.end, len(asked.document.lines)))
        lines = tuple(
            (path, number + 1) for number in numbers if asked.document.line(number).strip()
        )
    is_python = asked.document.language == "python"
    proving = is_python and configuration.trusted and configuration.verify == "tests"
    request = replace(
        _request(asked.scene, settings, configuration.max_seconds),
        command=settings.test_command if proving else None,
        files=(path,),
        lines=lines,
        diagnostics=diagnostics,
        use_checkers=configuration.trusted,
        allow_unverified=True,
    )
    limits = replace(request.limits, patches=patches, suggestions=patches)
    return replace(request, limits=limits)


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
