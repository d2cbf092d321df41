import pytest
from rowport import Column, RowError, Schema


def value(column, row):
    (typed,) = Schema(column).apply([row])
    return typed[column.name]


@pytest.mark.parametrize(
    ("kind", "given", "expected"),
    [
        (int, 0, 0),
        (int, "0", 0),
        (int, False, 0),
        (float, 0, 0.0),
        (float, 0.0, 0.0),
        (float, "-0.5", -0.5),
        (str, 0, "0"),
        (str, False, "False"),
        (str, " ", " "),
    ],
)
@pytest.mark.parametrize("required", [True, False])
def test_values_that_are_there(kind, given, expected, required):
    found = value(Column("x", kind, required, default=kind("7")), {"x": given})
    assert found == expected
    assert type(found) is kind


@pytest.mark.parametrize("row", [{}, {"x": None}, {"x": ""}, {"y": 1}])
@pytest.mark.parametrize("kind", [str, int, float])
def test_values_that_are_missing(row, kind):
    assert value(Column("x", kind), row) is None
    assert value(Column("x", kind, default=kind("0")), row) == kind("0")
    with pytest.raises(RowError, match="row 1: x is missing"):
        value(Column("x", kind, required=True), row)


@pytest.mark.parametrize("given", [[], {}, "x", [1]])
def test_values_of_other_types(given):
    with pytest.raises(RowError, match="row 1: x is no int"):
        value(Column("x", int, default=1), {"x": given})


def test_rows_are_counted():
    rows = [{"x": 0}, {"x": 1}, {"x": None}]
    typed = Schema(Column("x", int, required=True)).apply(rows)
    assert [next(typed), next(typed)] == rows[:2]
    with pytest.raises(RowError) as caught:
        next(typed)
    assert caught.value.number == 3
