"""All evidence together: what the user says, constants, narrowing, unusual input."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from localize.projects import by_line, failed, is_test, lines_of, passed, reader, run_of
from repairlsp.localize import localize
from repairlsp.localize.evidence import Evidence, combine
from repairlsp.types import CoveredLine, Diagnostic, LineSpan, TestRun

FILES = {
    "pkg/__init__.py": "",
    "pkg/rates.py": 'FOOD = 7\nTABLE = {\n    "a": 1,\n    "b": 2,\n}\nUNUSED = 0\n',
    "pkg/shop.py": """\
from pkg import rates
from pkg.rates import TABLE

SHIPPING = 4


def price(net):
    return net * (100 + rates.FOOD) // 100 + SHIPPING


def look(key):
    return TABLE[key]


def idle():
    return None
""",
    "tests/test_shop.py": "from pkg.shop import price\n\ndef test_p():\n    assert price(1) == 2\n",
}
CASE = failed("tests/test_shop.py::test_p", ("tests/test_shop.py", 4, "test_p"))
COVERAGE = {CASE.id: lines_of(FILES, "pkg/shop.py", "price")}
NOTHING = TestRun("passed", 0, (), 0.1)


def test_constants_are_accused_by_the_lines_that_read_them() -> None:
    coverage = {CASE.id: lines_of(FILES, "pkg/shop.py", "price", "look")}
    found = localize(run_of(CASE), coverage, reader(FILES), is_test=is_test)
    assert (found[0].path, found[0].line) == ("pkg/shop.py", 8)
    shop, rates = by_line(found, "pkg/shop.py"), by_line(found, "pkg/rates.py")
    assert 0 < shop[4] < shop[8]
    assert set(rates) == {1, 2, 3, 4, 5}
    assert max(rates.values()) < shop[8]


def test_the_users_line_comes_first_and_narrows_to_its_file() -> None:
    found = localize(
        run_of(CASE), COVERAGE, reader(FILES), is_test=is_test, lines=[("pkg/shop.py", 12)]
    )
    assert (found[0].path, found[0].line) == ("pkg/shop.py", 12)
    assert "named by the user" in found[0].evidence
    assert {each.path for each in found} == {"pkg/shop.py"}


@pytest.mark.parametrize("files", [["pkg/shop.py"], ["pkg"], ["pkg/"], ["."], ["nope.py", "pkg"]])
def test_files_and_folders_narrow_the_search(files: list[str]) -> None:
    found = localize(run_of(CASE), COVERAGE, reader(FILES), is_test=is_test, files=files)
    assert found[0].path == "pkg/shop.py"
    elsewhere = localize(run_of(CASE), COVERAGE, reader(FILES), is_test=is_test, files=["other"])
    assert elsewhere == ()


def test_a_file_that_the_user_names_is_searched_though_nothing_accuses_it() -> None:
    found = localize(NOTHING, {}, reader(FILES), is_test=is_test, files=["pkg/shop.py"])
    assert {each.line for each in found} == {8, 12, 16}
    assert [each.suspiciousness for each in found] == pytest.approx([1 / 3] * 3)


def test_diagnostics() -> None:
    diagnostic = Diagnostic("pkg/shop.py", LineSpan(12, 13), "unknown key", "checker")
    found = localize(NOTHING, {}, reader(FILES), is_test=is_test, diagnostics=[diagnostic])
    assert (found[0].path, found[0].line) == ("pkg/shop.py", 12)
    assert found[0].evidence == "checker: unknown key"


def test_tests_are_never_locations() -> None:
    case = failed(CASE.id, ("tests/test_shop.py", 4, "test_p"), ("tests/help.py", 1, "x"))
    covered = frozenset({CoveredLine("tests/test_shop.py", 4), CoveredLine("tests/help.py", 1)})
    found = localize(
        run_of(case),
        {case.id: covered},
        reader(FILES | {"tests/help.py": "def x(): 1 / 0\n"}),
        is_test=is_test,
        lines=[("tests/help.py", 1)],
        diagnostics=[Diagnostic("tests/help.py", LineSpan(1, 2), "bad")],
        files=["tests"],
    )
    assert found == ()


def test_a_doctest_in_a_text_file_is_no_location() -> None:
    case = failed("README.md::README.md", ("README.md", 1, "<module>"), ("pkg/shop.py", 8, "price"))
    covered = frozenset({CoveredLine("README.md", 1), CoveredLine("pkg/shop.py", 8)})
    files = FILES | {"README.md": "# >>> price(1)\n"}
    found = localize(run_of(case), {case.id: covered}, reader(files), is_test=is_test)
    assert found[0].path == "pkg/shop.py"
    assert "README.md" not in {each.path for each in found}


def test_nothing_failing_and_nothing_said() -> None:
    run = TestRun("passed", 0, (passed("tests/t.py::a"),), 0.1)
    coverage = {"tests/t.py::a": lines_of(FILES, "pkg/shop.py", "price")}
    assert localize(run, coverage, reader(FILES), is_test=is_test) == ()


@pytest.mark.parametrize("text", ["", "\n", "def f(:\n", "x = 1"])
def test_odd_files(text: str) -> None:
    case = failed("tests/t.py::a", ("m.py", 1, "f"), ("gone.py", 7, "g"))
    coverage = {case.id: frozenset({CoveredLine("m.py", 1), CoveredLine("gone.py", 7)})}
    for files in ({"m.py": text}, {"m.py": text, "tests/t.py": text}):
        found = localize(run_of(case), coverage, reader(files), is_test=is_test)
        assert {each.path for each in found} <= {"m.py"}


PIECES = st.builds(
    Evidence,
    st.sampled_from(["a.py", "b.py"]),
    st.integers(1, 3),
    st.sampled_from(["user", "traceback", "spectrum"]),
    st.floats(0, 1),
    st.just("why"),
)


@given(st.lists(PIECES), PIECES)
def test_more_evidence_never_makes_a_line_less_suspicious(
    pieces: list[Evidence], more: Evidence
) -> None:
    before, after = combine(pieces), combine([*pieces, more])
    scores = {(each.path, each.line): each.suspiciousness for each in after}
    assert all(0 < score <= 1 for score in scores.values())
    assert not scores or sum(scores.values()) == pytest.approx(1)
    others = [(each.path, each.line) for each in before if each.line != more.line]
    assert others == [(each.path, each.line) for each in after if each.line != more.line]
    for each in before:
        if (each.path, each.line) == (more.path, more.line):
            assert scores[more.path, more.line] >= each.suspiciousness - 1e-9
    assert list(after) == sorted(
        after, key=lambda each: (-each.suspiciousness, each.path, each.line)
    )
    backwards = combine(reversed([*pieces, more]))
    assert {(each.path, each.line): each.suspiciousness for each in backwards} == pytest.approx(
        scores
    )
