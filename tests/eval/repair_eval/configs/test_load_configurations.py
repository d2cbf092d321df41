"""Configuration files: all that is wrong is told at once; a matrix stands for its combinations."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from repair_eval.configs import (
    ConfigurationError,
    Hybrid,
    Sampling,
    Search,
    load_configurations,
)
from repair_eval.configs.load import READY

_SEARCH = """\
schema_version = 1
label = "Mine"

[source]
kind = "search"
model = "embedded"
"""


def _file(folder: Path, text: str, name: str = "mine") -> str:
    path = folder / f"{name}.toml"
    path.write_text(text, "utf-8")
    return str(path)


def test_what_a_file_leaves_out_has_a_default(tmp_path: Path):
    (one,) = load_configurations([_file(tmp_path, _SEARCH)])
    assert (one.name, one.label, one.precision, one.hardware) == ("mine", "Mine", "", "")
    assert one.spec == Search("embedded", True, "ochiai", True, "found", 60.0, 10_000, 1, None)


def test_everything_wrong_is_told_with_its_key(tmp_path: Path):
    file = _file(
        tmp_path,
        _SEARCH.replace("= 1", "= 2")
        + 'tempates = false\nmax_seconds = "long"\nspectrum = "best"\npatches = true\n',
    )
    with pytest.raises(ConfigurationError) as caught:
        load_configurations([file])
    lines = [line.removeprefix(f"{file}: ") for line in str(caught.value).splitlines()]
    assert lines[0] == "schema_version must be 1"
    assert "source.spectrum must be one of ochiai, dstar, tarantula, none, not 'best'" in lines
    assert "source.max_seconds must be a number from 1 to 86400, not 'long'" in lines
    assert "source.patches must be a whole number from 1 to 1000, not True" in lines
    assert any(line.startswith("source.tempates is not a key here; there are ") for line in lines)


def test_a_matrix_is_all_combinations_in_order(tmp_path: Path):
    file = _file(
        tmp_path,
        _SEARCH
        + """
[matrix]
"source.templates" = [true, false]
precision = [
    { name = "int8", label = "INT8", precision = "int8", "source.model" = "models/a" },
    { name = "int4", label = "INT4", precision = "int4", "source.model" = "models/b" },
]
""",
    )
    found = load_configurations([file])
    assert [one.name for one in found] == [
        "mine-templates-int8",
        "mine-templates-int4",
        "mine-no-templates-int8",
        "mine-no-templates-int4",
    ]
    assert found[3].label == "Mine (no-templates, INT4)"
    last = found[3].spec
    assert isinstance(last, Search)
    assert (last.model, last.templates, found[3].precision) == ("models/b", False, "int4")
    assert len({one.settings for one in found}) == 4


def test_settings_are_canonical(tmp_path: Path):
    (one,) = load_configurations([_file(tmp_path, _SEARCH)])
    shuffled = _SEARCH.replace('kind = "search"\nmodel = "embedded"', "")
    shuffled += 'max_seconds = 60\nmodel = "embedded"\nkind = "search"\n'
    (other,) = load_configurations([_file(tmp_path, shuffled, "other")])
    assert one.settings == other.settings
    assert json.loads(one.settings)["source"]["model"] == "embedded"


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("[matrix]\n", "matrix must be a table with at least one axis"),
        ("[matrix]\nprecision = 1\n", "matrix.precision must be a list of values"),
        ("[matrix]\nx = [{ precision = 'a' }]\n", "matrix.x has a table without a name"),
        ("[matrix]\n'label.a' = [1]\n", "matrix.label.a goes through label, which is not a table"),
    ],
)
def test_a_bad_matrix_is_told(tmp_path: Path, more: str, told: str):
    with pytest.raises(ConfigurationError, match=told):
        load_configurations([_file(tmp_path, f"{_SEARCH}\n{more}")])


def test_samples_without_a_temperature_would_all_be_one(tmp_path: Path):
    text = _SEARCH.replace("search", "sampling").replace("embedded", "m.gguf")
    text += 'runtime = "gguf"\nsamples = 5\n'
    (one,) = load_configurations([_file(tmp_path, text)])
    assert isinstance(one.spec, Sampling)
    assert one.spec.temperature == 0.8
    with pytest.raises(ConfigurationError, match="all 5 samples would be the same"):
        load_configurations([_file(tmp_path, text + "temperature = 0\n")])


def test_what_an_endpoint_is_told_besides_is_a_table_of_single_values(tmp_path: Path):
    text = _SEARCH.replace("search", "sampling").replace("embedded", "coder")
    text += 'runtime = "endpoint"\nurl = "http://localhost:8080/v1"\n'
    (one,) = load_configurations(
        [_file(tmp_path, f"{text}extra = {{ min_p = 0.1, cached = true }}")]
    )
    assert isinstance(one.spec, Sampling)
    assert dict(one.spec.extra) == {"min_p": 0.1, "cached": True}
    assert json.loads(one.settings)["source"]["extra"] == [["min_p", 0.1], ["cached", True]]
    with pytest.raises(ConfigurationError, match="extra must be a table of texts, numbers"):
        load_configurations([_file(tmp_path, f"{text}extra = {{ stop = ['x'] }}")])


def test_one_name_twice_is_refused(tmp_path: Path):
    file = _file(tmp_path, _SEARCH)
    with pytest.raises(ConfigurationError, match="mine: more than one configuration"):
        load_configurations([file, file])


def test_a_name_that_is_none_is_told_with_those_that_are():
    with pytest.raises(ConfigurationError) as caught:
        load_configurations(["nothing"])
    assert "noop" in caught.value.hint


def test_every_ready_configuration_loads():
    names = sorted(path.stem for path in READY.glob("*.toml"))
    found = {one.name: one for one in load_configurations(names)}
    assert {"noop", "gold", "templates", "embedded", "hybrid"} <= found.keys()
    assert {"phi-3-mini-int8", "phi-3-mini-int4", "embedded-family-small-int4"} <= found.keys()
    assert isinstance(found["hybrid"].spec, Hybrid)
    assert {one.spec.runtime for one in found.values() if isinstance(one.spec, Sampling)} == {
        "endpoint",
        "gguf",
        "onnx",
    }
