"""The page: one file, nothing fetched, every text escaped, candidates packed and complete."""

from __future__ import annotations

import base64
import gzip
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from repair_eval.measures.prices import READY, read_prices
from repair_eval.record import Recorded
from repair_eval.report import evaluate, page
from repair_eval.report.html.plots import apart, pareto_front
from repair_eval.report.html.scale import Scale, amounts

from tests.eval.repair_eval.measures.made import attempt, configuration, run, sample, subject
from tests.eval.repair_eval.report.large import draw_run

HOSTILE = '</script><img src=x onerror="alert(1)">'
_VOID = {"meta", "input", "line", "path", "circle"}


class _Reader(HTMLParser):
    """Elements with their attributes, texts of scripts by id, and whether all that opens closes."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: dict[str, str] = {}
        self._open: list[str] = []
        self._script = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "script":
            self._script = dict(attrs).get("id") or ""
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "script" and self._script:
            self.scripts[self._script] = self.scripts.get(self._script, "") + data

    def close(self) -> None:
        super().close()
        assert not self._open


def _read(text: str) -> _Reader:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader


def _unpack(reader: _Reader, number: int) -> Any:
    packed = reader.scripts[f"pack-{number}"]
    return json.loads(gzip.decompress(base64.b64decode(packed)))


@pytest.fixture(scope="module")
def drawn() -> str:
    return page(evaluate([("drawn", draw_run(45, 9))], read_prices(READY)))


def test_the_page_is_well_formed_and_fetches_nothing(drawn: str):
    reader = _read(drawn)
    for tag, attributes in reader.elements:
        assert tag not in {"img", "iframe", "object", "link", "base"}
        for name in ("src", "href", "action", "data", "xlink:href"):
            assert (attributes.get(name) or "#").startswith("#"), (tag, attributes)
        assert not any(name.startswith("on") for name in attributes)
    assert not re.search(r"@import|url\(|https?://", drawn)
    policy = next(a["content"] for t, a in reader.elements if a.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'")


def test_every_link_of_the_page_leads_somewhere(drawn: str):
    elements = _read(drawn).elements
    ids = [attributes["id"] for _, attributes in elements if attributes.get("id")]
    assert len(ids) == len(set(ids))
    for tag, attributes in elements:
        if tag == "a":
            assert (attributes["href"] or "").removeprefix("#") in ids


def test_every_defect_is_there_and_every_candidate(drawn: str):
    reader = _read(drawn)
    rows = [a for t, a in reader.elements if t == "details" and a.get("class") == "defect"]
    assert len(rows) == 45
    packs = [_unpack(reader, number) for number in range(3)]
    assert [len(pack["defects"]) for pack in packs] == [20, 20, 5]
    first = packs[0]["defects"][0]
    assert len(first["attempts"]) == 11
    hosted = max(first["attempts"], key=lambda one: len(one["samples"]))
    assert len(hosted["samples"]) == 10
    assert "@@" in packs[0]["diffs"][hosted["samples"][0]["diff"]]


def test_the_same_run_makes_the_same_page():
    pages = {page(evaluate([("run", draw_run(4, 2))], read_prices(READY))) for _ in range(2)}
    assert len(pages) == 1


def test_hostile_texts_stay_texts():
    one = configuration("c", label=HOSTILE, settings=HOSTILE, hardware=HOSTILE)
    answers = [sample(diff=HOSTILE, reason=HOSTILE, origin=HOSTILE, plausible=False)]
    attempts = (
        attempt("a", *answers, configuration="c"),
        attempt("b", configuration="c", status="failed", error=HOSTILE),
    )
    subjects = [subject(each, about=HOSTILE, fix=HOSTILE, family=HOSTILE) for each in "ab"]
    recorded = Recorded(run([one], subjects, command=HOSTILE, suite=HOSTILE), attempts)
    text = page(evaluate([(HOSTILE, recorded)], read_prices(READY)))
    assert "<img" not in text
    reader = _read(text)
    assert _unpack(reader, 0)["diffs"] == [HOSTILE]
    assert json.loads(reader.scripts["data"])["names"] == ["c"]


def test_lone_surrogates_and_nothing_at_all_make_a_page():
    nothing = Recorded(run([configuration()], []), ())
    assert "No configuration has answers enough" in page(
        evaluate([("n", nothing)], read_prices(READY))
    )
    odd = attempt("a", sample(diff="+\ud800"), configuration="c")
    recorded = Recorded(run([configuration()], [subject("a")]), (odd,))
    text = page(evaluate([("n", recorded)], read_prices(READY)))
    assert _unpack(_read(text), 0)["diffs"][-1] == "+?"


def test_pareto_front_by_hand():
    points = [(1.0, 0.2), (2.0, 0.2), (2.0, 0.5), (3.0, 0.4), (4.0, 0.6), (1.0, 0.1)]
    assert pareto_front(points) == [(1.0, 0.2), (2.0, 0.5), (4.0, 0.6)]


def test_numbers_beside_lines_do_not_cover_each_other():
    assert apart([10, 50], 18, 0, 100) == [10, 50]
    assert apart([50, 51, 49], 10, 0, 100) == [59, 69, 49]
    assert apart([99, 100], 10, 0, 100) == [90, 100]
    assert apart([5, 5, 5], 90, 0, 100) == [0, 50, 100]


def test_scales():
    linear = Scale(0.0, 10.0, 0.0, 100.0)
    assert (linear.at(2.5), linear.ticks()) == (25.0, [0, 2, 4, 6, 8, 10])
    decades = Scale(1.0, 100.0, 0.0, 100.0, log=True)
    assert (decades.at(10.0), decades.ticks()) == (50.0, [1, 2, 5, 10, 20, 50, 100])
    assert Scale(1.0, 1e6, 0, 1, log=True).ticks() == [10.0**power for power in range(7)]
    assert amounts([1.0, 11.0], 0, 1).log
    assert not amounts([0.0, 11.0], 0, 1).log
    assert amounts([3.0, 11.0], 0, 1).low == 0.0
    assert (amounts([8.0, 12.0], 0, 1).low, amounts([9.0, 11.0], 0, 1).low) == (0.0, 8.5)
    assert amounts([0.0, 0.0], 0, 1).at(0.0) == 0.0
