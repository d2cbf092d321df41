"""Which paths are tests."""

import pytest

from repairlsp.patches import is_test_path


@pytest.mark.parametrize(
    "path",
    [
        "tests/test_a.py",
        "test_a.py",
        "pkg/a_test.py",
        "conftest.py",
        "pkg/sub/conftest.py",
        "pkg/tests/helpers.py",
        "tests/data/input.json",
        "test/support.py",
        "pkg/test/test_a.py",
        "testing/helpers.py",
        "integration-tests/run.py",
        "unit_tests/a.py",
        "src/__tests__/cart.js",
        "cart_test.go",
        "cart.spec.ts",
    ],
)
def test_tests(path: str) -> None:
    assert is_test_path(path)


@pytest.mark.parametrize(
    "path",
    [
        "a.py",
        "pkg/testing.py",
        "pkg/tests.py",
        "pkg/test.py",
        "numpy/testing/utils.py",
        "src/pkg/contest.py",
        "pkg/latest.py",
        "pkg/attest/a.py",
        "pkg/testing_tools.py",
        "testimony/a.py",
        "pkg/protest_test_data.py",
        "pkg/test_data.txt",
        "",
    ],
)
def test_sources(path: str) -> None:
    assert not is_test_path(path)
