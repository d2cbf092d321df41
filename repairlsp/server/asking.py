"""From a place in an open document to the engine's request: project, overlays, settings, limits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from repairlsp.errors import PatchError, UsageError
from repairlsp.server.answers import RequestFailedError
from repairlsp.server.configuration import Configuration
from repairlsp.server.documents import Document
from repairlsp.server.folders import project_of, to_path
from repairlsp.server.targets import Target
from repairlsp.settings import Settings
from repairlsp.source import SourceText
from repairlsp.types import Diagnostic, LineSpan, RepairRequest

MAX_TEXT_BYTES = 2 << 20
"""The longest document that is worked on: one of this size parses in about a second."""


@dataclass(frozen=True)
class Question:
    """One target with all that the answer depends on, taken on the event loop at one moment."""

    target: Target
    document: Document
    file: Path
    project: Path
    open_documents: tuple[Document, ...]
    configuration: Configuration

    @property
    def path(self) -> str:
        """The document's path in its project."""
        return self.file.relative_to(self.project).as_posix()


def question(
    target: Target,
    document: Document,
    open_documents: Iterable[Document],
    folders: Iterable[Path],
    configuration: Configuration,
) -> Question:
    """Raises RequestFailedError for a document that is no file here, or too long."""
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
    project = project_of(file, folders)
    return Question(target, document, file, project, tuple(open_documents), configuration)


def repair_request(asked: Question, settings: Settings) -> RepairRequest:
    """The engine's request. Reads files, so it belongs on the job's thread.

    Raises UsageError for a file of tests.
    """
    from repairlsp.patches import is_test_path  # with the engine: the first fix pays for it

    target, path = asked.target, asked.path
    if is_test_path(path):
        raise UsageError(
            "repairlsp never changes tests", "ask for the fix in the code that they test"
        )
    proving = asked.configuration.trusted and asked.configuration.verify == "tests"
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
    seconds = asked.configuration.max_seconds
    # Half the time at most goes into the first run of the tests, so that the rest is enough for
    # suggestions where they take too long.
    test_seconds = min(settings.test_seconds, seconds / 2)
    limits = replace(settings.limits, max_seconds=seconds, test_seconds=test_seconds, patches=1)
    return RepairRequest(
        project=asked.project,
        command=settings.test_command if proving else None,
        overlays=_overlays(asked),
        files=(path,),
        lines=lines,
        diagnostics=diagnostics,
        model=_model(asked.project, settings.model),
        sandbox=settings.sandbox,
        allow_loopback=settings.allow_loopback,
        spectrum=settings.spectrum,
        use_fork_server=settings.fork_server,
        limits=limits,
        allow_unverified=True,
    )


def _overlays(asked: Question) -> dict[str, str]:
    """The texts of the project's open Python documents that are not what is on disk."""
    overlays = {}
    for document in asked.open_documents:
        file = to_path(document.uri)
        if file is None or document.language != "python" or not file.is_relative_to(asked.project):
            continue
        if _text_on_disk(file) != document.text:
            overlays[file.relative_to(asked.project).as_posix()] = document.text
    return overlays


def _text_on_disk(file: Path) -> str | None:
    try:
        return SourceText.from_bytes(file.read_bytes()).text
    except (OSError, PatchError):
        return None


def _model(project: Path, name: str | None) -> str | None:
    """The settings' model; a folder there is meant relative to the project."""
    if name is not None and ("/" in name or name.startswith(".")):
        return str(project / Path(name).expanduser())
    return name
