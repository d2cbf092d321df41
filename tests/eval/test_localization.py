"""The measurement of fault localization: injected bugs, recorded and replayed."""

from random import Random

import pytest
from localization import packages
from localization.fit import FITTED, Share, Table, loss, search
from localization.inject import Site, inject, sites
from localization.lately import simulate
from localization.measure import UNFOUND, Scene, summary
from localization.record import Recorder, load, observed_from, save, to_json
from localization.replay import Case, cases

from repairlsp.localize import localize
from repairlsp.localize.outline import Outline
from repairlsp.localize.weights import WEIGHTS
from repairlsp.source import SourceText
from repairlsp.training import settings
from repairlsp.types import LineSpan

SOURCE = """\
LIMIT = 3


def clip(value):
    if value > LIMIT:
        return LIMIT
    return value


def total(values):
    result = 0
    for value in values:
        result += clip(value)
    return result
"""
TESTS = """\
import pytest
from numbers_ import clip, total


@pytest.mark.parametrize("value", [-1, 0, 1, 2, 3, 4])
def test_clip(value):
    assert clip(value) == min(value, 3)


def test_total():
    assert total([1, 2, 9]) == 6


def test_nothing():
    assert total([]) == 0
"""
OPERATORS = settings.load().samples.operators


def test_sites_are_functions_and_constants() -> None:
    found = list(sites("m.py", Outline.of(SourceText.from_text(SOURCE))))
    assert found == [
        Site("m.py", "clip", LineSpan(4, 8)),
        Site("m.py", "total", LineSpan(10, 15)),
        Site("m.py", "", LineSpan(1, 2), "LIMIT"),
    ]


def test_an_injected_bug_changes_the_lines_that_it_names() -> None:
    source, rng = SourceText.from_text(SOURCE), Random(1)
    for site in sites("m.py", Outline.of(source)):
        bugs = [inject(site, source, OPERATORS, rng) for _ in range(60)]
        assert any(bugs)
        for bug in filter(None, bugs):
            buggy = source.apply([bug.edit]).lines
            assert buggy != source.lines
            assert compile("\n".join(buggy), "m.py", "exec")
            assert all(site.span.start - 1 <= line <= len(buggy) + 1 for line in bug.lines)
            pairs = enumerate(zip(buggy, source.lines, strict=False), 1)
            differing = {number for number, (new, old) in pairs if new != old}
            assert len(buggy) != len(source.lines) or differing & set(bug.lines)


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    folder = tmp_path_factory.mktemp("records")
    project = folder / "source" / "numbers-1.0"
    project.mkdir(parents=True)
    (project / "numbers_.py").write_text(SOURCE)
    (project / "test_numbers.py").write_text(TESTS)
    with Recorder(project, ["PYTEST_DISABLE_PLUGIN_AUTOLOAD=1", "pytest", "-q"], 3) as recorder:
        save(folder / "original.json.gz", to_json(recorder.original))
        assert observed_from(load(folder / "original.json.gz")) == recorder.original
        for number, (bug, observed) in enumerate(recorder.bugs(3, 1)):
            document = {"site": bug.site, "operator": bug.operator, "edit": bug.edit.lines}
            document |= {"lines": bug.lines, **to_json(observed)}
            save(folder / f"{number:03}.json.gz", document)
    return list(cases(folder))


def test_a_replayed_bug_is_what_the_whole_suite_says(recorded: list[Case]) -> None:
    assert len(recorded) == 4
    assert [case.function == "" for case in recorded] == [False] * 3 + [True]
    for case in recorded:
        assert len(case.run.cases) >= 8
        assert case.run.failing
        assert all(case.coverage[each.id] for each in case.run.passing)


def test_three_ways_to_the_same_ranks(recorded: list[Case]) -> None:
    for case in recorded:
        scene = Scene(case)
        found = localize(case.run, case.coverage, case.source, is_test=case.is_test)
        assert scene.place(found) == scene.rank(WEIGHTS)
        assert Table(scene).rank(WEIGHTS) == pytest.approx(scene.rank(WEIGHTS))


def test_a_rank_is_the_mean_among_equals_and_large_when_not_found(recorded: list[Case]) -> None:
    scene = Scene(recorded[0])
    assert scene.place(()).line == UNFOUND
    assert not scene.place(()).found
    found = scene.rank(WEIGHTS)
    assert found.found
    assert 1 <= found.function <= found.line <= 12
    assert summary([1, 3, 9]).top3 == pytest.approx(2 / 3)
    assert summary([2, 8]).typical == pytest.approx(4)


def test_the_search_lowers_the_loss(recorded: list[Case]) -> None:
    tables = [Table(Scene(case)) for case in recorded]
    found = search(WEIGHTS, [Share(tables, 1.0)])
    assert loss(tables, found) <= loss(tables, WEIGHTS)
    assert set(FITTED) <= set(WEIGHTS.__slots__)
    lately = simulate(tables, WEIGHTS, 0.9)
    typical = [summary([rank.line for rank in ranks]).typical for ranks in lately]
    assert typical[0] < typical[1]


def test_no_package_is_both_fitted_on_and_judged_by() -> None:
    fitted, judged = packages.load()
    assert len(fitted) >= 4
    assert len(judged) >= 4
    assert not {package.name for package in fitted} & {package.name for package in judged}
    assert all(len(package.sha256) == 64 for package in fitted)
