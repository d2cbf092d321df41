"""The state of a session as a text for a bug report. It holds no source code and no environment."""

from __future__ import annotations

import json
import platform
import sys
from dataclasses import fields
from typing import Any

from repairlsp import __version__
from repairlsp.server.session import Session


def debug_information(session: Session) -> str:
    """Markdown: versions, the client, its settings, what runs, and what was shown to the user."""
    parts = [
        f"repairlsp {__version__}, Python {platform.python_version()} ({sys.executable}), "
        f"{platform.platform()}",
        _table("Client", session.client._asdict() | {"options": session.client.options}),
        _table("Settings of the editor", _settings(session)),
        _table("Status", session.status.to_json()),
        _table(
            "Open",
            {
                "folders": session.folders,
                "documents": len(list(session.documents)),
                "running and waiting": session.jobs.titles,
            },
        ),
        "## Messages shown\n" + "".join(f"- {text}\n" for text in session.shown),
    ]
    return "\n\n".join(parts)


def _settings(session: Session) -> dict[str, Any]:
    configuration = session.configuration
    values = {each.name: getattr(configuration, each.name) for each in fields(configuration)}
    return values | {"project_keys": dict(configuration.project_keys)}


def _table(title: str, values: dict[str, Any]) -> str:
    rows = "\n".join(
        f"- {key}: `{json.dumps(value, default=str, ensure_ascii=False)}`"
        for key, value in values.items()
    )
    return f"## {title}\n{rows}"
