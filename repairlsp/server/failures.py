"""The tests that failed in the last run of each project, as the editor shows them.

Diagnostics stand for one text: the first change of a document withdraws those in it, because their
lines may be others now. That a test fails is remembered by its name, so its code lens stays until
a run says otherwise.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from lsprotocol import types

from repairlsp.server.capabilities import FAILING_TEST
from repairlsp.server.client import Client
from repairlsp.server.diagnostics import diagnostics_of, test_of
from repairlsp.server.documents import Document, Documents
from repairlsp.server.folders import to_path
from repairlsp.server.protocol import Protocol
from repairlsp.server.testreport import Failure, RunReport

logger = logging.getLogger(__name__)


class Failures:
    """Reports by project, and what was published of them. All on the event loop."""

    def __init__(self, client: Client, protocol: Protocol, documents: Documents) -> None:
        self._client = client
        self._protocol = protocol
        self._documents = documents
        self._reports: dict[Path, RunReport] = {}
        self._shown: dict[Path, list[types.Diagnostic]] = {}
        self._published: dict[Path, str] = {}
        """The URIs that have diagnostics of ours in the client's own keeping, by file."""

    def record(self, report: RunReport, texts: Mapping[Path, Document]) -> None:
        """Take over a new run of a project's tests, in place of its last one.

        `texts` are the texts that the run was about. Where a document has changed since, its
        lines are no longer known and nothing is shown in it.
        """
        before = self._files(report.project)
        self._reports[report.project] = report
        for file in before:
            self._shown.pop(file, None)
        for file, found in diagnostics_of(report, texts, self._client).items():
            document = self._document(file)
            if document is None or document.lines == texts[file].lines:
                self._shown[file] = found
        self._publish({*before, *self._files(report.project)})

    def repaired(self, project: Path, tests: Iterable[str]) -> None:
        """The user accepted a patch with which these tests pass."""
        if report := self._reports.get(project):
            left = report.without(tests)
            kept = {(failure.file, failure.test) for failure in left.failures}
            files = self._files(project)
            self._reports[project] = left
            for file in files:
                self._shown[file] = [
                    each
                    for each in self._shown.get(file, ())
                    if each.code == FAILING_TEST and (file, test_of(each)) in kept
                ]
            self._publish(files)

    def forget(self, project: Path) -> None:
        """The project is no longer open."""
        files = self._files(project)
        if self._reports.pop(project, None) is not None:
            for file in files:
                self._shown.pop(file, None)
            self._publish(files)

    # ----------------------------------------------------------------- documents

    def opened(self, uri: str) -> None:
        """A client that pulls keeps what was pushed apart from it: take that back."""
        file = to_path(uri)
        if self._client.pulls_diagnostics and file in self._published:
            self._push(file, [])

    def changed(self, uri: str) -> None:
        """A document changed: what was shown in it is about a text that is no more."""
        file = to_path(uri)
        if file in self._shown:
            del self._shown[file]
            self._publish({file})

    def closed(self, uri: str) -> None:
        """A closed document cannot be pulled."""
        file = to_path(uri)
        if self._client.pulls_diagnostics and file is not None and self._shown.get(file):
            self._push(file, self._shown[file])

    def of_document(self, uri: str) -> list[types.Diagnostic]:
        """What to answer a client that pulls."""
        file = to_path(uri)
        return list(self._shown.get(file, ())) if file else []

    def failing_in(self, uri: str) -> list[Failure]:
        """The failing tests of a file, known by their names even after it was changed."""
        file = to_path(uri)
        return [
            failure
            for report in self._reports.values()
            for failure in report.failures
            if failure.file == file
        ]

    # ----------------------------------------------------------------- publishing

    def _files(self, project: Path) -> set[Path]:
        """The files in which something of a project may be shown."""
        report = self._reports.get(project)
        if report is None:
            return set()
        return {each.file for each in report.places}

    def _document(self, file: Path) -> Document | None:
        return next((each for each in self._documents if to_path(each.uri) == file), None)

    def _publish(self, files: Iterable[Path]) -> None:
        pulled = False
        for file in files:
            if self._client.pulls_diagnostics and self._document(file) is not None:
                pulled = True
            else:
                self._push(file, self._shown.get(file, []))
        if pulled:
            self._request(types.WORKSPACE_DIAGNOSTIC_REFRESH)
        if self._client.refreshes_lenses:
            self._request(types.WORKSPACE_CODE_LENS_REFRESH)

    def _push(self, file: Path, found: list[types.Diagnostic]) -> None:
        document = self._document(file)
        uri = document.uri if document else self._published.get(file, file.as_uri())
        if not found and file not in self._published:
            return
        version = document.version if document else None
        params = types.PublishDiagnosticsParams(uri, found, version)
        self._protocol.notify(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, params)
        if found:
            self._published[file] = uri
        else:
            self._published.pop(file, None)

    def _request(self, method: str) -> None:
        """Ask the client for something whose answer says nothing; a refusal is only logged."""
        future: Future[Any] = self._protocol.send_request(method, None)
        asyncio.wrap_future(future).add_done_callback(_log_refusal)


def _log_refusal(future: asyncio.Future[Any]) -> None:
    if not future.cancelled() and (error := future.exception()) is not None:
        logger.info("the client refused: %s", error)
