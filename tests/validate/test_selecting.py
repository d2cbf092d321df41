"""Which tests of a project are run, and when a run stops."""

import pytest

from tests.validate.projects import (
    COUNT,
    NOTHING,
    PYTEST,
    TOTAL,
    bench,
    outcomes,
    write_project,
)


@pytest.mark.parametrize("command", [PYTEST, (*PYTEST, "tests/test_cart.py"), (*PYTEST, "tests")])
def test_only_the_tests_asked_for(shop, sandbox, command):
    with bench(shop, sandbox, *command) as shop_bench:
        assert outcomes(shop_bench.run(tests=[COUNT])) == {COUNT: "passed"}
        assert outcomes(shop_bench.run(tests=[TOTAL, NOTHING])) == {
            TOTAL: "failed",
            NOTHING: "passed",
        }


def test_only_the_files_of_those_tests_are_collected(shop, sandbox):
    write_project(shop, {"tests/test_slow.py": "import time\ntime.sleep(600)\n"})
    with bench(shop, sandbox) as shop_bench:
        assert outcomes(shop_bench.run(tests=[COUNT], seconds=60)) == {COUNT: "passed"}


PARAMETERS = """\
    import pytest

    @pytest.mark.parametrize("text", ["a::b", "c[d]", "e"])
    def test_parameters(text): assert text != "e"
    """


def test_parameters_with_colons_and_brackets_can_be_asked_for(tmp_path, sandbox):
    project = write_project(tmp_path / "p", {"test_all.py": PARAMETERS})
    ids = ["test_all.py::test_parameters[a::b]", "test_all.py::test_parameters[c[d]]"]
    with bench(project, sandbox) as all_bench:
        assert set(outcomes(all_bench.run(tests=ids))) == set(ids)


def test_it_stops_at_the_first_failure_that_is_not_tolerated(shop, sandbox):
    with bench(shop, sandbox) as shop_bench:
        stopped = shop_bench.run(tolerate=[])
        assert outcomes(stopped) == {TOTAL: "failed"}
        assert stopped.stopped_early
        whole = shop_bench.run(tolerate=[TOTAL])
        assert len(whole.run.cases) == 3
        assert not whole.stopped_early


def test_options_that_hide_tests_are_put_aside(shop, sandbox):
    write_project(shop, {"pytest.ini": "[pytest]\naddopts = -x --maxfail=1\n"})
    with bench(shop, sandbox, *PYTEST, "-x") as shop_bench:
        assert len(shop_bench.run().run.cases) == 3
