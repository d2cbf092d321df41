import pytest
from codewriter import CodeWriter, write_module


def test_an_error_in_an_inner_block():
    writer = CodeWriter()
    with pytest.raises(KeyError), writer.block("a:"), writer.block("b:"):
        raise KeyError("x")
    writer.line("c")
    assert writer.text() == "a:\n    b:\nc\n"


def test_an_error_that_is_handled_inside_of_the_outer_block():
    writer = CodeWriter()
    with writer.block("a:"):
        try:
            with writer.block("b:"):
                writer.line()
                raise ValueError
        except ValueError:
            writer.line("c")
    writer.line("d")
    assert writer.text() == "a:\n    b:\n    c\nd\n"


def test_leaving_with_return():
    writer = CodeWriter()

    def early():
        with writer.block("a:"):
            return writer.line("b")

    early()
    writer.line("c")
    assert writer.text() == "a:\n    b\nc\n"


def test_errors_are_raised():
    writer = CodeWriter()
    with pytest.raises(ZeroDivisionError), writer.block("a:"):
        _ = 1 // 0


def test_two_unsupported_records():
    records = {"A": {"x": "?"}, "B": {"y": "flag", "z": "?"}, "C": {"w": "string"}}
    assert write_module(records).splitlines()[-5:] == [
        "# not supported: B.z: ?",
        "",
        "@dataclass",
        "class C:",
        "    w: str",
    ]


def test_empty_lines():
    writer = CodeWriter()
    with writer.block("a:"):
        writer.lines("""
            b

            c
        """)
        writer.line()
    writer.line("d")
    assert writer.text() == "a:\n    b\n\n    c\nd\n"
