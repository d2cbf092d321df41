from codewriter import CodeWriter, write_module


def test_blocks():
    writer = CodeWriter()
    with writer.block("def f(x):"):
        with writer.block("if x:"):
            writer.line("return 1")
        writer.line("return 0")
    assert writer.text() == "def f(x):\n    if x:\n        return 1\n    return 0\n"


def test_a_module():
    assert write_module({"Point": {"x": "number"}}).splitlines() == [
        "from dataclasses import dataclass",
        "",
        "@dataclass",
        "class Point:",
        "    x: float",
    ]


def test_a_record_that_is_not_supported():
    assert write_module({"Blob": {"data": "bytes"}, "Id": {"value": "integer"}}).splitlines() == [
        "from dataclasses import dataclass",
        "",
        "@dataclass",
        "class Blob:",
        "# not supported: Blob.data: bytes",
        "",
        "@dataclass",
        "class Id:",
        "    value: int",
    ]
