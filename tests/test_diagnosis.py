"""What fails and where the fault may be, without a repair."""

from pathlib import Path

from repairlsp.diagnosis import diagnose
from repairlsp.engine import ignore
from tests.test_engine import project


def test_the_failing_tests_and_the_suspicious_lines(tmp_path: Path) -> None:
    found = diagnose(project(tmp_path), observe=ignore)
    assert [case.id for case in found.run.failing] == [
        "test_parking.py::test_one_hour",
        "test_parking.py::test_three_hours",
    ]
    assert found.locations[0].path == "parking.py"
    assert max(found.locations, key=lambda each: each.suspiciousness) == found.locations[0]


def test_where_all_pass_nothing_is_suspicious(tmp_path: Path) -> None:
    found = diagnose(project(tmp_path, tests="def test():\n    pass\n"), observe=ignore)
    assert (found.run.status, found.locations) == ("passed", ())
