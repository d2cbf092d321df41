"""The json format: every status fits the committed schema, and the schema is not a rubber stamp."""

from __future__ import annotations

import dataclasses
import importlib.resources
import json
import math
from typing import Any

import jsonschema
import pytest

from repairlsp import __version__
from repairlsp.formats import FORMATS
from repairlsp.types import FaultLocation, RepairRequest, RepairResult
from tests.formats.results import DIFF, SILENCING, SUSPICIOUS, partial, patch

STATUSES = ("repaired", "not_repaired", "nothing_failing", "suggested")


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    file = importlib.resources.files("repairlsp.formats") / "result.schema.json"
    return json.loads(file.read_text("utf-8"))


def rendered(result: RepairResult, request: RepairRequest) -> Any:
    return json.loads(FORMATS["json"](result, request))


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_fits_the_schema(
    status: str, request_: RepairRequest, schema: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(rendered(request.getfixturevalue(status), request_), schema)


def test_the_patch_has_the_contracts_fields(
    repaired: RepairResult, request_: RepairRequest
) -> None:
    data = rendered(repaired, request_)
    assert data["schema_version"] == 1
    assert data["tool"] == {"name": "repairlsp", "version": __version__}
    assert data["status"] == "repaired"
    assert data["patches"] == [
        {
            "rank": 1,
            "status": "verified",
            "source": "model",
            "cautions": [],
            "files": ["shop/pricing.py"],
            "diff": DIFF,
            "log_likelihood": -1.25,
            "tests": {
                "before": {"passed": 41, "failed": 1},
                "after": {"passed": 42, "failed": 0},
            },
            "seconds": 5.5,
        }
    ]
    assert data["counts"] == {
        **{"generated": 345, "rejected": 3, "duplicate": 20, "validated": 17},
        **{"by_swap": 0, "by_fork": 0, "by_process": 0, "by_coverage": 0},
    }
    assert data["stage_seconds"]["validate"] == 4.0
    assert data["seconds"] == 6.21


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema_version",), 2),
        (("status",), "fixed"),
        (("surprise",), 1),
        (("patches", 0, "status"), "maybe"),
        (("patches", 0, "source"), "template:"),
        (("patches", 0, "diff"), ""),
        (("patches", 0, "rank"), 0),
        (("patches", 0, "cautions"), ["only deletes a statement"]),
        (("patches", 0, "cautions"), [{"name": "x", "grade": "mild", "reason": ""}]),
        (("patches", 0, "files", 0), "/etc/passwd"),
        (("before", "failing", 0, "outcome"), "passed"),
        (("locations", 0, "line"), 0),
        (("counts", "validated"), -1),
    ],
)
def test_the_schema_refuses_what_is_wrong(
    path: tuple[str | int, ...],
    value: object,
    repaired: RepairResult,
    request_: RepairRequest,
    schema: dict[str, Any],
) -> None:
    data = rendered(repaired, request_)
    inner = data
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, schema)


def test_cautions_and_a_partial_repair_fit_the_schema(
    repaired: RepairResult, request_: RepairRequest, schema: dict[str, Any]
) -> None:
    marked = patch(cautions=(SILENCING, SUSPICIOUS))
    data = rendered(dataclasses.replace(repaired, patches=(marked,)), request_)
    jsonschema.validate(data, schema)
    assert data["patches"][0]["cautions"] == [
        {"name": "removed-check", "grade": "silencing", "reason": "takes out a check"},
        {
            "name": "deleted-statement",
            "grade": "suspicious",
            "reason": "only deletes a statement",
        },
    ]
    part = dataclasses.replace(repaired, status="suggested", patches=(partial(),))
    data = rendered(part, request_)
    jsonschema.validate(data, schema)
    assert data["patches"][0]["status"] == "unverified"
    assert data["patches"][0]["tests"]["after"] == {"passed": 41, "failed": 1}


@pytest.mark.parametrize("likelihood", [-math.inf, math.nan, None])
def test_a_likelihood_that_is_no_number_is_null(
    likelihood: float | None,
    repaired: RepairResult,
    request_: RepairRequest,
    schema: dict[str, Any],
) -> None:
    odd = dataclasses.replace(patch(), log_likelihood=likelihood)
    data = rendered(dataclasses.replace(repaired, patches=(odd,)), request_)
    assert data["patches"][0]["log_likelihood"] is None
    jsonschema.validate(data, schema)


def test_the_output_is_ascii_whatever_the_project_holds(
    repaired: RepairResult, request_: RepairRequest
) -> None:
    odd = dataclasses.replace(patch(), diff=DIFF + "+'\u2028 \U0001f600 \udcff'\n")
    result = dataclasses.replace(repaired, patches=(odd,), message="\x1b[31m")
    written = FORMATS["json"](result, request_)
    assert written.isascii()
    assert json.loads(written)["patches"][0]["diff"] == odd.diff


def test_only_the_most_suspicious_lines_are_listed(
    repaired: RepairResult, request_: RepairRequest
) -> None:
    many = tuple(FaultLocation("a.py", line, 1 / line, "") for line in range(1, 1001))
    data = rendered(dataclasses.replace(repaired, locations=many), request_)
    assert [location["line"] for location in data["locations"]] == list(range(1, 21))
