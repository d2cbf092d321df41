"""The results as `synthetic-NAME.json`, for programs, and `synthetic-NAME.md`, for people."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from synthetic.bugs import Bug
from synthetic.figures import Summary, by_bug, compare, grouped, is_verified, within
from synthetic.page import Results, page

SCHEMA_VERSION = 1


def write(
    campaigns: Sequence[Results],
    bugs: Mapping[str, Bug],
    made_by: Mapping[str, Any],
    name: str,
    folder: Path,
) -> None:
    """Write both files into `folder`; they say the same. The first campaign leaves nothing out;
    the others are compared with it, on the bugs and within the seconds that both have."""
    main, *ablations = campaigns
    comparisons = [
        compare(other.label, main.rows, other.rows, min(main.limit, other.limit))
        for other in ablations
    ]
    verified = [row for row in main.rows if is_verified(row)]
    groups = {
        "by_mutation_source": grouped(main.rows, by_bug("source", bugs)),
        "by_family": grouped(main.rows, by_bug("family", bugs)),
        "by_package": grouped(main.rows, by_bug("package", bugs)),
        "by_patch_source": grouped(verified, lambda row: str(row["source"])),
    }
    document = {
        "schema_version": SCHEMA_VERSION,
        "date": datetime.now(UTC).date().isoformat(),
        "suite": dict(made_by),
        "campaigns": [dict(results.about) for results in campaigns],
        "summary": _data(Summary.of(main.rows)),
        "repaired_within_seconds": {
            f"{seconds:g}": share._asdict()
            for seconds, share in within(main.rows, main.limit).items()
        },
        **{
            key: {name: _data(summary) for name, summary in summaries.items()}
            for key, summaries in groups.items()
        },
        "comparisons": [
            {**one._asdict(), "first": one.first._asdict(), "second": one.second._asdict()}
            for one in comparisons
        ],
        "results": [
            {"label": results.label, **row} for results in campaigns for row in results.rows
        ],
    }
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
    (folder / f"synthetic-{name}.json").write_text(text, "utf-8")
    (folder / f"synthetic-{name}.md").write_text(page(campaigns, comparisons, bugs, made_by))


def _data(summary: Summary) -> dict[str, Any]:
    return {**asdict(summary), "repaired": summary.repaired._asdict()}
