"""Every adapter tells the same story of the same events: what passes, fails, is skipped, never
ends, or ends the process to look as if all were well."""

from __future__ import annotations

from pathlib import Path

import pytest
from repair_eval.runners.base import Job
from repair_eval.runners.cargo import read_libtest
from repair_eval.runners.make import read_tap
from repair_eval.runners.open import ADAPTERS
from repair_eval.suite.defect import RunnerName
from repair_eval.suite.folder import SUPPORT
from repair_eval.suite.vocabulary import Language

from repairlsp.sandbox import choose
from repairlsp.types import TestRun
from tests.eval.repair_eval.copies import SUITE, write

COMMANDS: dict[RunnerName, tuple[str, ...]] = {
    "pytest": ("pytest", "-q"),
    "node": ("node", "--test"),
    "make": ("make", "check"),
    "cargo": ("cargo", "test"),
}


def run(
    project: Path,
    runner: RunnerName,
    language: Language,
    command: tuple[str, ...] = (),
    case_seconds: float = 5.0,
) -> TestRun:
    """Run a project's tests with the adapter; skips the test that asks where a tool is missing."""
    lack = ADAPTERS[runner].missing(language)
    if lack is not None:
        pytest.skip(lack)
    job = Job(
        project=project,
        language=language,
        command=command or COMMANDS[runner],
        seconds=120,
        case_seconds=case_seconds,
        sandbox=choose("limits"),
    )
    with ADAPTERS[runner].open(job) as session:
        return session.run()


def outcomes(result: TestRun) -> dict[str, str]:
    return {case.id: case.outcome for case in result.cases}


def message(result: TestRun, id_: str) -> str:
    return next(case.message for case in result.cases if case.id == id_)


def support(project: Path, language: Language) -> None:
    """Put the language's harness, and the project's own Makefile, into a project."""
    root = SUITE / language / SUPPORT
    for path in root.rglob("*.*"):
        write(project / path.relative_to(root), path.read_text("utf-8"))
    makefile = next((SUITE / language).glob("*/buggy/Makefile"))
    write(project / "Makefile", makefile.read_text("utf-8"))


# -------------------------------------------------------------------------------------- Python


def test_pytest(tmp_path: Path):
    write(
        tmp_path / "test_it.py",
        "import pytest\n"
        "def test_good(): pass\n"
        "def test_bad(): assert 1 == 2\n"
        "@pytest.mark.skip\n"
        "def test_later(): pass\n",
    )
    result = run(tmp_path, "pytest", "python")
    assert result.status == "failed"
    assert outcomes(result) == {
        "test_it.py::test_good": "passed",
        "test_it.py::test_bad": "failed",
        "test_it.py::test_later": "skipped",
    }
    assert message(result, "test_it.py::test_bad") == "AssertionError: assert 1 == 2"


# ---------------------------------------------------------------------- JavaScript, TypeScript

NODE_TESTS = """
import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
test('good', () => {});
test('bad', () => assert.equal(1, 2, 'one is not two\\nat all'));
test.skip('later', () => {});
test.todo('some day');
test('good', () => {});
describe('group', () => {
  it('is inside', async () => {});
  it('fails inside', async () => { throw new TypeError('no'); });
});
"""


def test_node(tmp_path: Path):
    write(tmp_path / "tests" / "it.test.mjs", NODE_TESTS)
    result = run(tmp_path, "node", "javascript")
    assert result.status == "failed"
    assert outcomes(result) == {
        "tests/it.test.mjs::good": "passed",
        "tests/it.test.mjs::bad": "failed",
        "tests/it.test.mjs::later": "skipped",
        "tests/it.test.mjs::some day": "skipped",
        "tests/it.test.mjs::good #2": "passed",
        "tests/it.test.mjs::group > is inside": "passed",
        "tests/it.test.mjs::group > fails inside": "failed",
    }
    assert message(result, "tests/it.test.mjs::group > fails inside") == "TypeError: no"
    assert "one is not two" in message(result, "tests/it.test.mjs::bad")


def test_node_when_files_do_not_come_to_their_tests(tmp_path: Path):
    good = "import { test } from 'node:test';\ntest('good', () => {});\n"
    write(tmp_path / "a.test.mjs", "import './ends.mjs';\n" + good)
    write(tmp_path / "ends.mjs", "console.log('ok 1 - good');\nprocess.exit(0);\n")
    write(tmp_path / "b.test.mjs", "import { x } from './missing.mjs';\n" + good)
    write(tmp_path / "c.test.mjs", good)
    result = run(tmp_path, "node", "javascript")
    # node itself takes a file that ended with status 0 for a success.
    assert outcomes(result) == {
        "a.test.mjs": "error",
        "b.test.mjs": "error",
        "c.test.mjs::good": "passed",
    }
    assert message(result, "a.test.mjs") == "ended before its first test"
    assert message(result, "b.test.mjs").startswith("Error [ERR_MODULE_NOT_FOUND]")


def test_node_without_a_failing_test_passes(tmp_path: Path):
    write(tmp_path / "a.test.mjs", "import { test } from 'node:test';\ntest('good', () => {});\n")
    assert run(tmp_path, "node", "javascript").status == "passed"


def test_typescript(tmp_path: Path):
    write(tmp_path / "package.json", '{"type": "module"}')
    write(tmp_path / "src" / "twice.ts", "export const twice = (n: number): number => 2 * n;\n")
    tests = "import { twice } from '../src/twice.ts';\n" + NODE_TESTS
    tests += "type Row = [number, number];\n"
    tests += "const row: Row = [2, 4];\ntest('twice', () => assert.equal(twice(row[0]), row[1]));\n"
    write(tmp_path / "tests" / "it.test.ts", tests)
    result = run(tmp_path, "node", "typescript")
    assert outcomes(result)["tests/it.test.ts::twice"] == "passed"
    assert len(result.cases) == 8


# ------------------------------------------------------------------------------------- C, Java

C_TESTS = """
#include "harness.h"
TEST(good) { CHECK(1); }
TEST(bad) { CHECK_INT(1 + 1, 3); }
TEST(text) { CHECK_STR("a", "b"); }
TEST(crashes) { *(volatile int *)0 = 1; }
TEST(ends) { printf("ok 1 - ends\\n"); exit(0); }
TEST(hangs) { for (;;) pause(); }
"""


def test_c(tmp_path: Path):
    support(tmp_path, "c")
    write(tmp_path / "tests" / "test_it.c", C_TESTS)
    result = run(tmp_path, "make", "c", case_seconds=1)
    assert result.status == "failed"
    assert outcomes(result) == {
        "test_it::good": "passed",
        **{f"test_it::{name}": "failed" for name in ("bad", "text", "crashes", "ends", "hangs")},
    }
    assert message(result, "test_it::bad") == "line 4: 1 + 1 is 2, not 3"
    assert message(result, "test_it::text") == 'line 5: "a" is "a", not "b"'
    assert message(result, "test_it::crashes") == "Segmentation fault"
    assert message(result, "test_it::ends") == "ended the process with status 0"
    assert message(result, "test_it::hangs") == "Alarm clock"


JAVA_TESTS = """
import harness.Check;

public class ItTest {
    public void good() { Check.equal(2, 1 + 1); }
    public void bad() { Check.equal(3, 1 + 1); }
    public void raises() { Check.raises(ArithmeticException.class, () -> helper(0)); }
    public void hangs() throws Exception { Thread.sleep(100_000); }
    public void deep() { deep(); }
    private static int helper(int n) { return 1 / n; }
}
"""


def test_java(tmp_path: Path):
    support(tmp_path, "java")
    write(tmp_path / "src" / "Empty.java", "class Empty {}\n")
    write(tmp_path / "tests" / "ItTest.java", JAVA_TESTS)
    result = run(tmp_path, "make", "java", case_seconds=1)
    assert outcomes(result) == {
        "ItTest::good": "passed",
        "ItTest::raises": "passed",
        **{f"ItTest::{name}": "failed" for name in ("bad", "hangs", "deep")},
    }
    assert message(result, "ItTest::bad") == "java.lang.AssertionError: expected 3, got 2"
    assert message(result, "ItTest::hangs") == "took longer than 1 s"


def test_java_that_ends_the_process_is_not_believed(tmp_path: Path):
    support(tmp_path, "java")
    body = "public void a() {} public void b() { System.exit(0); } public void c() {}"
    write(tmp_path / "src" / "Empty.java", "class Empty {}\n")
    write(tmp_path / "tests" / "EndsTest.java", f"public class EndsTest {{ {body} }}\n")
    result = run(tmp_path, "make", "java")
    assert result.exit_code == 0
    assert result.status == "broken"


def test_make_that_builds_nothing_says_why(tmp_path: Path):
    write(tmp_path / "Makefile", "check:\n\t@echo 'x.c:1: error: no such thing'; exit 1\n")
    result = run(tmp_path, "make", "c")
    assert result.status == "broken"
    assert "x.c:1: error: no such thing" in result.message


def test_printing_what_the_harness_would_print_is_no_report(tmp_path: Path):
    write(tmp_path / "Makefile", "check:\n\t@echo '1..1'; echo 'ok 1 - good'\n")
    assert run(tmp_path, "make", "c").status == "no-tests"


def test_tap():
    text = "1..4\nok 1 - a b\nnot ok 2 - c\n# why\n# more\nok 3 - d # SKIP later\nhello\nok 4 - e"
    cases, whole = read_tap(text, "prog")
    assert whole
    assert [(case.id, case.outcome, case.message) for case in cases] == [
        ("prog::a b", "passed", ""),
        ("prog::c", "failed", "why"),
        ("prog::d", "skipped", ""),
        ("prog::e", "passed", ""),
    ]
    assert not read_tap("1..2\nok 1 - a", "prog")[1]
    assert not read_tap("ok 1 - a", "prog")[1], "a report without a plan has no end"


# ---------------------------------------------------------------------------------------- Rust

RUST_TESTS = """
#[test] fn good() {}
#[test] fn bad() { assert_eq!(1 + 1, 3, "sums"); }
#[test] #[ignore] fn later() {}
#[test] fn prints() { println!("{}", "{ \\"type\\": \\"test\\" }"); panic!("no\\nmore"); }
"""


def crate(project: Path, tests: str) -> None:
    write(
        project / "Cargo.toml",
        '[package]\nname = "demo"\nversion = "0.1.0"\nedition = "2021"\n',
    )
    write(project / "src" / "lib.rs", "#[cfg(test)] mod inner { #[test] fn unit() {} }\n")
    write(project / "tests" / "it.rs", tests)


def test_cargo(tmp_path: Path):
    crate(tmp_path, RUST_TESTS)
    result = run(tmp_path, "cargo", "rust")
    assert result.status == "failed"
    assert outcomes(result) == {
        "src/lib.rs::inner::unit": "passed",
        "tests/it.rs::good": "passed",
        "tests/it.rs::bad": "failed",
        "tests/it.rs::later": "skipped",
        "tests/it.rs::prints": "failed",
    }
    assert "sums left: 2 right: 3" in message(result, "tests/it.rs::bad")


def test_rust_that_ends_the_process_is_not_believed(tmp_path: Path):
    crate(tmp_path, "#[test] fn a() {}\n#[test] fn b() { std::process::exit(0); }\n")
    result = run(tmp_path, "cargo", "rust")
    assert result.exit_code == 0
    assert result.status == "broken"


def test_rust_that_does_not_build_says_where(tmp_path: Path):
    crate(tmp_path, '#[test] fn a() { let n: u8 = "x"; }\n')
    result = run(tmp_path, "cargo", "rust")
    assert result.status == "broken"
    assert result.message == "does not build: mismatched types (tests/it.rs:1)"


def test_libtest():
    output = """
        warning: noise
        { "type": "suite", "event": "started", "test_count": 2 }
        { "type": "test", "event": "started", "name": "a" }
        { "type": "test", "name": "a", "event": "ok" }
        { "type": "test", "name": "b", "event": "failed", "stdout": "no panic" }
    """
    end = '{ "type": "suite", "event": "failed", "passed": 1, "failed": 1 }'
    cases, whole = read_libtest(output + end, "src/lib.rs")
    assert whole
    assert [(case.id, case.outcome, case.message) for case in cases] == [
        ("src/lib.rs::a", "passed", ""),
        ("src/lib.rs::b", "failed", "failed"),
    ]
    assert not read_libtest(output, "src/lib.rs")[1]
