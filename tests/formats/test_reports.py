"""rdjson, rdjsonl, sarif, gitlab: they fit their schemas, and their suggestions make the patch."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from repairlsp.formats import FORMATS
from repairlsp.source import SourceText
from repairlsp.types import Edit, LineSpan, RepairRequest, RepairResult
from tests.formats.repairs import repair, request_for, verified
from tests.formats.results import FAILING, SILENCING, partial, patch

STATUSES = ("repaired", "not_repaired", "nothing_failing", "suggested")
REPORTS = ("rdjson", "sarif", "gitlab")


def schema(name: str) -> dict[str, Any]:
    file = Path(__file__).with_name("schemas") / f"{name}.schema.json"
    return json.loads(file.read_text("utf-8"))


def report(name: str, result: RepairResult, request: RepairRequest) -> Any:
    """The report, which fits its schema."""
    data = json.loads(FORMATS[name](result, request))
    jsonschema.Draft202012Validator(schema(name)).validate(data)
    return data


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("name", REPORTS)
def test_every_status_fits_the_schema(
    name: str, status: str, request_: RepairRequest, request: pytest.FixtureRequest
) -> None:
    report(name, request.getfixturevalue(status), request_)


@pytest.mark.parametrize("name", REPORTS)
def test_a_test_without_a_place_fits_too(
    name: str, not_repaired: RepairResult, request_: RepairRequest
) -> None:
    assert not_repaired.before
    case = dataclasses.replace(FAILING, frames=(), message="")
    run = dataclasses.replace(not_repaired.before, cases=(case,))
    told = json.dumps(report(name, dataclasses.replace(not_repaired, before=run), request_))
    assert "tests/test_pricing.py::test_discount` fails, and no patch was verified." in told


@pytest.mark.parametrize("name", REPORTS)
def test_what_is_proved_is_an_error_and_what_is_not_a_warning(
    name: str, repaired: RepairResult, request_: RepairRequest
) -> None:
    def grade(result: RepairResult) -> tuple[str, str]:
        data = report(name, result, request_)
        if name == "sarif":
            one = data["runs"][0]["results"][0]
            return one["ruleId"], one["level"]
        one = data["diagnostics"][0] if name == "rdjson" else data[0]
        rule = one["code"]["value"] if name == "rdjson" else one["check_name"].split("/")[1]
        return rule, one["severity"].lower().replace("major", "error").replace("minor", "warning")

    silenced = dataclasses.replace(repaired, patches=(patch(cautions=(SILENCING,)),))
    part = dataclasses.replace(repaired, status="suggested", patches=(partial(),))
    assert grade(repaired) == ("verified-fix", "error")
    assert grade(silenced) == ("silencing-fix", "warning")
    assert grade(part) == ("partial-fix", "warning")


def test_rdjsonl_has_the_diagnostics_of_rdjson_one_a_line(
    repaired: RepairResult,
    not_repaired: RepairResult,
    nothing_failing: RepairResult,
    request_: RepairRequest,
) -> None:
    for result in (repaired, not_repaired, nothing_failing):
        lines = FORMATS["rdjsonl"](result, request_).splitlines()
        told = report("rdjson", result, request_)["diagnostics"]
        assert [json.loads(line) for line in lines] == told


def test_columns_of_rdjson_are_bytes_and_those_of_sarif_code_points(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("a = '€😀'\n", "utf-8")
    result = repair(tmp_path, Edit("a.py", LineSpan(1, 2), ("a = 1",)))
    request = request_for(tmp_path)
    [diagnostic] = report("rdjson", result, request)["diagnostics"]
    assert diagnostic["suggestions"] == [
        {
            "range": {"start": {"line": 1, "column": 1}, "end": {"line": 1, "column": 14}},
            "text": "a = 1",
        }
    ]
    [told] = report("sarif", result, request)["runs"][0]["results"]
    [replaced] = told["fixes"][0]["artifactChanges"][0]["replacements"]
    assert replaced["deletedRegion"]["endColumn"] == 9


def test_paths_are_those_of_the_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    project = tmp_path / "services" / "my shop"
    project.mkdir(parents=True)
    (project / "é.py").write_text("a = 1\n")
    result = repair(project, Edit("é.py", LineSpan(1, 2), ("a = 2",)))
    request = request_for(project)
    [diagnostic] = report("rdjson", result, request)["diagnostics"]
    assert diagnostic["location"]["path"] == "services/my shop/é.py"
    assert report("gitlab", result, request)[0]["location"]["path"] == "services/my shop/é.py"
    [told] = report("sarif", result, request)["runs"][0]["results"]
    place = told["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "services/my%20shop/%C3%A9.py", "uriBaseId": "%SRCROOT%"}


def test_sarif_has_every_patch_as_a_fix_and_the_others_the_best(
    repaired: RepairResult, request_: RepairRequest
) -> None:
    two = dataclasses.replace(repaired, patches=(patch(), patch(2, source="template:off-by-one")))
    [told] = report("sarif", two, request_)["runs"][0]["results"]
    assert len(told["fixes"]) == 2
    assert "fix template: off by one" in told["fixes"][1]["description"]["text"]
    assert len(report("rdjson", two, request_)["diagnostics"]) == 1


def test_a_fingerprint_outlives_a_move_and_tells_two_changes_apart(tmp_path: Path) -> None:
    def fingerprints(lines: list[str], *changed: int) -> list[str]:
        (tmp_path / "a.py").write_text("\n".join(lines))
        edits = (Edit("a.py", LineSpan(line, line + 1), ("x",)) for line in changed)
        told = report("gitlab", repair(tmp_path, *edits), request_for(tmp_path))
        return [issue["fingerprint"] for issue in told]

    [one] = fingerprints(["a", "b"], 1)
    moved = ["c", "a", *map(str, range(20)), "a"]
    assert fingerprints(moved, 2) == [one]
    first, second = fingerprints(moved, 2, 23)
    assert first == one != second


# --------------------------------------------------------------------------- suggestions, applied

LINE = st.sampled_from(["", "a", "b", "    x = 1", "é😀", "\f", "\u2028", "-- a", "+"])
LINES = st.lists(LINE, max_size=12)


@given(data=st.data(), old=LINES, newline=st.sampled_from(["\n", "\r\n"]), final=st.booleans())
def test_suggestions_make_the_patch(
    data: st.DataObject, old: list[str], newline: str, final: bool
) -> None:
    """Applied by one who knows nothing but the format, they make what the patch makes, but for the
    line end of the file's last line, which no format but a diff has a word for."""
    source = SourceText.from_text(newline.join(old) + (newline if final and old else ""))
    start = data.draw(st.integers(1, len(source.lines) + 1))
    end = data.draw(st.integers(start, len(source.lines) + 1))
    edit = Edit("a.py", LineSpan(start, end), tuple(data.draw(LINES)))
    expected = source.apply([edit])
    if expected.lines == source.lines:
        return
    patched = verified(lambda path: source, edit)
    result = RepairResult("repaired", (patched,), None, (), {}, {}, 1.0)
    request = request_for(Path("/somewhere"))
    by_bytes = [
        (one["range"]["start"], one["range"]["end"], one["text"])
        for told in report("rdjson", result, request)["diagnostics"]
        for one in told["suggestions"]
    ]
    [told] = report("sarif", result, request)["runs"][0]["results"]
    by_points = [
        (
            {
                "line": one["deletedRegion"]["startLine"],
                "column": one["deletedRegion"]["startColumn"],
            },
            {"line": one["deletedRegion"]["endLine"], "column": one["deletedRegion"]["endColumn"]},
            one["insertedContent"]["text"],
        )
        for one in told["fixes"][0]["artifactChanges"][0]["replacements"]
    ]
    for replacements, width in ((by_bytes, lambda text: len(text.encode())), (by_points, len)):
        made = applied(source.text, replacements, width)
        assert SourceText.from_text(made).text.rstrip("\r\n") == expected.text.rstrip("\r\n")


def applied(text: str, replacements: list[Any], width: Callable[[str], int]) -> str:
    """The text with what is between each two positions replaced, columns counted by `width`."""

    def offset(position: dict[str, int]) -> int:
        lines = text.split("\n")
        at = sum(len(line) + 1 for line in lines[: position["line"] - 1])
        line = lines[position["line"] - 1]
        column = next(i for i in range(len(line) + 1) if width(line[:i]) == position["column"] - 1)
        return at + column

    places = [(offset(start), offset(end), new) for start, end, new in replacements]
    for start, end, new in sorted(places, reverse=True):
        text = text[:start] + new + text[end:]
    return text
