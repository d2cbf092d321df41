"""Which columns rows have, and of which types."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from rowport.registry import Row


class RowError(ValueError):
    """A row that does not fit. `number` counts the rows from 1."""

    def __init__(self, number: int, problem: str) -> None:
        super().__init__(f"row {number}: {problem}")
        self.number = number


@dataclass(frozen=True)
class Column:
    """A column of values of type `kind`. Where a row has none, `default` takes its place."""

    name: str
    kind: type[str] | type[int] | type[float] = str
    required: bool = False
    default: str | int | float | None = None


class Schema:
    """The columns of a kind of rows, in order."""

    def __init__(self, *columns: Column) -> None:
        self.columns = columns

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    def apply(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield the rows with the schema's columns alone, each value of its column's type.

        A value is missing where the row lacks the column, or has None or an empty text for it.
        Raises RowError for a missing value that is required, and for a value of another type.
        """
        for number, row in enumerate(rows, start=1):
            yield {
                column.name: self._value(column, row.get(column.name), number)
                for column in self.columns
            }

    def _value(self, column: Column, value: Any, number: int) -> Any:
        if not value:
            if column.required:
                raise RowError(number, f"{column.name} is missing")
            return column.default
        try:
            return column.kind(value)
        except (TypeError, ValueError):
            problem = f"{column.name} is no {column.kind.__name__}: {value!r}"
            raise RowError(number, problem) from None
