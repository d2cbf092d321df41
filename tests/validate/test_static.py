"""The static filter, which lets no syntax error through (check 19), and the fingerprint by which
candidates are told apart."""

import sys
from textwrap import dedent

import pytest

from repairlsp.source import SourceText
from repairlsp.types import Edit, LineSpan
from repairlsp.validate import fingerprint, static_reject

SOURCE = SourceText.from_text(
    dedent(
        """\
        import os


        @cache
        def first(x):
            if x:
                return 1
            return 2


        class Second:
            def method(self):
                return os.sep

        LAST = 3
        """
    )
)


def edited(start: int, end: int, *lines: str) -> SourceText:
    return SOURCE.apply([Edit("mod.py", LineSpan(start, end), lines)])


@pytest.mark.parametrize(
    "after",
    [
        edited(7, 8, "        return 3"),
        edited(6, 7, "    if not x:"),
        edited(6, 8),
        edited(4, 5),
        edited(15, 16, "LAST = 4"),
        edited(2, 3, "import re"),
        edited(13, 14, "        return os.sep", "", "def third():", "    return 3"),
        edited(9, 10, "    # more", "    def third(): return 4"),
        edited(8, 8, "        yield x"),
        edited(8, 8, "        os = 1"),
    ],
)
def test_edits_that_may_be_tried(after):
    assert static_reject(SOURCE, after, "mod.py") is None


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (SOURCE, "changes nothing"),
        (edited(7, 8, "        return 1  # one"), "nothing that Python sees"),
        (edited(7, 8, "        return (1)"), "nothing that Python sees"),
        (edited(9, 9, ""), "nothing that Python sees"),
        (edited(8, 8, "    return 2"), "nothing that Python sees"),
        (edited(8, 8, "        raise ValueError"), "nothing that Python sees"),
        (edited(6, 6, "    pass"), "nothing that Python sees"),
        (edited(6, 7, "    if x"), "SyntaxError: expected ':'"),
        (edited(7, 8, "    return 1"), "IndentationError"),
        (edited(7, 8, "        return '''"), "unterminated triple-quoted"),
        (edited(7, 8, "        return ("), "was never closed"),
        (edited(9, 10, "return 1"), "'return' outside function"),
        (edited(5, 6, "def first(x, x):"), "duplicate argument"),
        (edited(7, 8, "        return 1" + "0" * 9000), "integer"),
        (edited(7, 8, "        return " + "(" * 500 + ")" * 500), "would not compile"),
        (edited(7, 8, "        return \0"), "null"),
    ],
)
def test_edits_that_need_not_be_tried(after, said):
    assert said in (static_reject(SOURCE, after, "mod.py") or "")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("        os._exit(0)", "a call of os._exit"),
        ("        exit()", "a call of exit"),
        ("        raise SystemExit(0)", "SystemExit"),
        ("        import pytest", "an import of pytest"),
        ("        from _pytest import runner", "an import of _pytest"),
        ("        return unittest.mock.ANY", "a use of unittest"),
        ("        return sys.modules['x']", "sys.modules"),
        ("        return os.environ.get('PYTEST_CURRENT_TEST')", "names the test runner"),
    ],
)
def test_edits_that_would_fool_the_tests(line, said):
    assert said in (static_reject(SOURCE, edited(7, 8, line), "mod.py") or "")


def test_what_was_there_before_may_stay():
    source = SourceText.from_text("import sys\ndef main():\n    sys.exit(1)\n")
    after = source.apply([Edit("m.py", LineSpan(3, 4), ("    sys.exit(0)",))])
    assert static_reject(source, after, "m.py") is None


def test_a_syntax_error_may_be_repaired_but_not_kept():
    source = SourceText.from_text("def f(:\n    return 1\n")
    repaired = source.apply([Edit("m.py", LineSpan(1, 2), ("def f():",))])
    still = source.apply([Edit("m.py", LineSpan(1, 2), ("def f((:",))])
    assert static_reject(source, repaired, "m.py") is None
    assert "SyntaxError" in (static_reject(source, still, "m.py") or "")


def test_syntax_that_only_a_newer_interpreter_knows_is_left_to_it():
    source = SourceText.from_text("x = 1\n?\n")
    after = source.apply([Edit("m.py", LineSpan(1, 2), ("x = 2",))])
    newer = (sys.version_info.major, sys.version_info.minor + 1)
    assert static_reject(source, after, "m.py", newer) is None
    assert static_reject(source, after, "m.py") is not None


def test_an_invalid_escape_warns_nobody(recwarn):
    assert static_reject(SOURCE, edited(7, 8, r"        return '\d'"), "mod.py") is None
    assert not recwarn.list


def test_layout_does_not_count_in_a_fingerprint():
    one = fingerprint(SOURCE, edited(7, 8, "        return 5"))
    assert fingerprint(SOURCE, edited(7, 8, "        return (5) # five")) == one
    assert fingerprint(SOURCE, edited(7, 9, "        return 5", "", "    return 2")) == one
    assert fingerprint(SOURCE, edited(7, 8, "        return 6")) != one
    assert fingerprint(SOURCE, edited(8, 9, "    return 5")) != one


def test_the_same_text_in_two_places_has_two_fingerprints():
    source = SourceText.from_text("x = 1\nx = 1\n")
    texts = [source.apply([Edit("m.py", LineSpan(n, n + 1), ("x = 2",))]) for n in (1, 2)]
    assert len({fingerprint(source, text) for text in texts}) == 2


def test_files_with_other_line_ends_and_marks():
    source = SourceText.from_bytes("\ufeffdef f():\r\n    return 1\r\n".encode())
    after = source.apply([Edit("m.py", LineSpan(2, 3), ("    return 2",))])
    assert static_reject(source, after, "m.py") is None
