"""The state of one client's session, which requests borrow."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from lsprotocol import types

from repairlsp.server import configuration
from repairlsp.server.ahead import Ahead
from repairlsp.server.answers import RequestFailedError
from repairlsp.server.client import Client
from repairlsp.server.configuration import Configuration
from repairlsp.server.documents import Documents
from repairlsp.server.failures import Failures
from repairlsp.server.folders import to_path
from repairlsp.server.jobs import Jobs
from repairlsp.server.logs import ClientHandler, LogFile
from repairlsp.server.model import ModelHost
from repairlsp.server.notebooks import Notebooks
from repairlsp.server.progress import ProgressReports
from repairlsp.server.proposals import Proposals
from repairlsp.server.protocol import Protocol
from repairlsp.server.scene import Scene
from repairlsp.server.status import Status
from repairlsp.settings import Settings

logger = logging.getLogger(__name__)


class Session:
    """What is known of the client: its documents, folders and settings, and the work for it."""

    def __init__(self, client: Client, protocol: Protocol, left: asyncio.Event) -> None:
        self.client = client
        self.protocol = protocol
        self.documents = Documents(client.encoding)
        self.notebooks = Notebooks(self.documents)
        self.folders: list[Path] = []
        self._loop = asyncio.get_running_loop()
        self.jobs = Jobs(changed=self.tell_status)
        self.model = ModelHost(unloaded=lambda: self._loop.call_soon_threadsafe(self.tell_status))
        self.status = Status(client, self.jobs, self.model, protocol.notify)
        self.failures = Failures(client, protocol, self.documents)
        self.proposals = Proposals()
        self.ahead = Ahead()
        self.progress = ProgressReports(client, protocol)
        self.log = ClientHandler(protocol.notify)
        self.log_file = LogFile()
        self.exit_code = 1
        """What LSP prescribes where the client leaves without `shutdown`."""
        self.left = left
        """Set when the session is over: by `exit`, a signal, or because the client is gone."""
        self.shown: deque[str] = deque(maxlen=20)
        """The last messages to the user."""
        self._complained: set[str] = set()
        self.add_folders(client.folders)
        # The options stay the base of what `workspace/configuration` says later.
        self._options, warnings = configuration.read(client.options)
        self.configuration: Configuration = self._options
        """What holds for files outside of all folders, and for the server itself."""
        self._of_folder: dict[Path, Configuration] = {}
        self.complain(warnings)
        self._use_configuration()

    # ----------------------------------------------------------------- folders and settings

    def add_folders(self, uris: Iterable[str]) -> None:
        paths = map(to_path, uris)
        self.folders.extend(path for path in paths if path and path not in self.folders)

    def remove_folders(self, uris: Iterable[str]) -> None:
        gone = {to_path(uri) for uri in uris}
        self.folders = [folder for folder in self.folders if folder not in gone]
        for folder in gone:
            if folder is not None:
                self._of_folder.pop(folder, None)
                self.failures.forget(folder)

    def configure(self, options: object, of_folders: Sequence[object] = ()) -> None:
        """Take over the editor's settings, complaining once about each bad one.

        `of_folders` are those of the workspace folders, in their order, where they are known.
        """
        before = self._configurations()
        self.configuration, warnings = configuration.read(options, self._options)
        self.complain(warnings)
        self._of_folder.clear()
        for folder, own in zip(self.folders, of_folders, strict=False):
            known = options if own is None else own
            self._of_folder[folder], warnings = configuration.read(known, self._options)
            self.complain(warnings)
        self._use_configuration()
        self.status.clear()
        if self._configurations() != before:
            self.ahead.forget()

    def _configurations(self) -> list[Configuration]:
        return [self.configuration, *map(self.configuration_of, self.folders)]

    def _use_configuration(self) -> None:
        """Act on what concerns the server itself."""
        self.model.idle_seconds = self.configuration.unload_seconds
        if problem := self.log_file.use(self.configuration.log_file):
            self.complain([problem])

    def configuration_of(self, project: Path) -> Configuration:
        """The settings for a project, which is a workspace folder or a folder outside of all."""
        return self._of_folder.get(project, self.configuration)

    def scene(self, project: Path) -> Scene:
        """The project as the editor shows it now."""
        files = {file: each for each in self.documents if (file := to_path(each.uri))}
        return Scene(project, files, self.configuration_of(project), self.notebooks.cells())

    def file_of(self, uri: str) -> Path | None:
        """The file of a document, or the one that a notebook's cell is worked on as."""
        return to_path(uri) or self.notebooks.file_of(uri)

    def settings(self, scene: Scene) -> Settings:
        """The settings for a project. Reads its files, so it belongs on the job's thread; what is
        wrong in them is said on the event loop."""
        loaded = scene.configuration.for_project(scene.project)
        self._loop.call_soon_threadsafe(self.complain, loaded.warnings)
        return loaded.settings

    # ----------------------------------------------------------------- speaking to the user

    def show(self, text: str, kind: types.MessageType = types.MessageType.Warning) -> None:
        """Show one message to the user."""
        self.shown.append(text)
        params = types.ShowMessageParams(kind, f"repairlsp: {text}")
        self.protocol.notify(types.WINDOW_SHOW_MESSAGE, params)

    def tell_status(self) -> None:
        """Tell the client what is new about the state, if it wants to know."""
        self.status.send()

    def complain(self, warnings: Iterable[str]) -> None:
        """Show each warning, but none that was shown before."""
        for warning in warnings:
            if warning not in self._complained:
                self._complained.add(warning)
                self.show(warning)

    async def ask(self, method: str, params: Any) -> Any:
        """Send a request to the client and return its result. Raises JsonRpcException."""
        future: Future[Any] = self.protocol.send_request(method, params)
        return await asyncio.wrap_future(future)

    def check_that_edits_can_be_made(self) -> None:
        """Raises RequestFailedError for a client that could not use what is found."""
        if not (self.client.apply_edit or self.client.proposals):
            raise RequestFailedError("this editor can neither resolve code actions nor apply edits")

    # ----------------------------------------------------------------- the end

    def leave(self, exit_code: int) -> None:
        """End the session, and with it the process."""
        self.exit_code = exit_code
        self.left.set()

    def close(self, seconds: float) -> bool:
        """Cancel all work, end the model, wait; False when something did not end in time."""
        ended = self.jobs.close(seconds)
        self.model.close()
        return ended
