"""Evidence from tracebacks, collection errors included."""

from localize.projects import by_line, failed, is_test, lines_of, passed, reader, run_of
from repairlsp.localize import localize
from repairlsp.types import CoveredLine, TestCase

FILES = {
    "tests/test_m.py": "from m import top\n\ndef test_a():\n    assert top(1) == 2\n",
    "m.py": """\
def top(x):
    y = middle(x)
    return y


def middle(x):
    z = x
    return deep(z)


def deep(x):
    check = x.value
    return check


def unrelated(x):
    return x
""",
}
FRAMES = [
    ("tests/test_m.py", 4, "test_a"),
    ("m.py", 2, "top"),
    ("m.py", 8, "middle"),
    ("m.py", 12, "deep"),
]


def test_the_innermost_frame_weighs_most() -> None:
    run = run_of(failed("tests/test_m.py::test_a", *FRAMES))
    found = localize(run, {}, reader(FILES), is_test=is_test)
    assert [each.line for each in found[:2]] == [12, 8]
    assert not any(is_test(each.path) for each in found)
    scores = by_line(found, "m.py")
    # The fault may be in a line before the one that raised.
    assert 0 < scores[7] < scores[8]
    assert 0 < scores[13] < scores[12]
    assert 16 not in scores


def test_lines_that_did_not_run_are_hardly_accused() -> None:
    run = run_of(failed("tests/test_m.py::test_a", *FRAMES))
    executed = frozenset(CoveredLine("m.py", line) for line in (2, 7, 8, 12))
    found = localize(run, {"tests/test_m.py::test_a": executed}, reader(FILES), is_test=is_test)
    scores = by_line(found, "m.py")
    assert set(scores) == executed_lines(executed) | {3, 13}  # 17 is in no function that ran
    assert max(scores[3], scores[13]) < min(scores[line] for line in executed_lines(executed)) / 3


def executed_lines(lines: frozenset[CoveredLine]) -> set[int]:
    return {line for _, line in lines}


def test_a_frame_in_a_test_helper_below_the_source_is_skipped() -> None:
    files = FILES | {"tests/helpers.py": "def key(x):\n    return x.nope\n"}
    run = run_of(failed("tests/test_m.py::test_a", *FRAMES[:3], ("tests/helpers.py", 2, "key")))
    found = localize(run, {}, reader(files), is_test=is_test)
    assert (found[0].path, found[0].line) == ("m.py", 8)


def test_many_tests_with_one_traceback_are_one_witness() -> None:
    one = localize(
        run_of(failed("tests/test_m.py::test_a", *FRAMES)), {}, reader(FILES), is_test=is_test
    )
    cases = [failed(f"tests/test_m.py::test_a[{n}]", *FRAMES) for n in range(20)]
    many = localize(run_of(*cases), {}, reader(FILES), is_test=is_test)
    assert by_line(one, "m.py") == by_line(many, "m.py")


def test_a_syntax_error_is_at_its_line_or_just_above() -> None:
    files = FILES | {"m.py": "def f(x):\n    y = (x\n    return y\n\n\n\ndef g():\n    pass\n"}
    case = TestCase("tests/test_m.py", "error", "SyntaxError: '(' was never closed")
    case = failed(
        case.id, ("tests/test_m.py", 1, "<module>"), ("m.py", 3, "<module>"), message=case.message
    )
    found = localize(run_of(case), {}, reader(files), is_test=is_test)
    assert (found[0].path, found[0].line) == ("m.py", 3)
    scores = by_line(found, "m.py")
    assert 0 < scores[2] < scores[3]
    assert 8 not in scores


def test_a_syntax_error_after_the_last_line() -> None:
    files = {"m.py": "def f(x):\n    return (x\n"}
    case = failed("tests/test_m.py", ("m.py", 3, "<module>"), message="SyntaxError: EOF")
    found = localize(run_of(case), {}, reader(files), is_test=is_test)
    assert (found[0].path, found[0].line) == ("m.py", 2)


def test_an_import_error_in_the_source() -> None:
    files = FILES | {"m.py": "import os\nfrom os import pth\n\n\ndef top(x):\n    return x\n"}
    case = failed("tests/test_m.py", ("tests/test_m.py", 1, "<module>"), ("m.py", 2, "<module>"))
    found = localize(run_of(case), {}, reader(files), is_test=is_test)
    assert (found[0].path, found[0].line) == ("m.py", 2)


def test_traceback_and_spectrum_together_beat_either() -> None:
    case = failed("tests/test_m.py::test_a", *FRAMES)
    covered = lines_of(FILES, "m.py", "top", "middle", "deep")
    others = {f"tests/test_m.py::p{n}": lines_of(FILES, "m.py", "deep") for n in range(8)}
    run = run_of(case, *(passed(id) for id in others))
    both = localize(run, {case.id: covered, **others}, reader(FILES), is_test=is_test)
    # deep() works for eight other tests: what it was given is as suspicious as the line itself.
    assert {each.line for each in both[:3]} >= {8}
