"""The seats of a hall and who has booked them."""

import string

FREE = "."
TAKEN = "x"


class SeatTaken(Exception):
    pass


def seat_name(row, column):
    """The name of a seat, counted from 0: row 2, column 4 is `C5`."""
    return f"{string.ascii_uppercase[row]}{column + 1}"


class Hall:
    """Rows of seats, all of the same width; the first row is A."""

    def __init__(self, rows, width):
        if not 0 < rows <= len(string.ascii_uppercase):
            raise ValueError(f"a hall has from 1 to 26 rows, not {rows}")
        self._seats = [[FREE] * width for _ in range(rows)]

    @classmethod
    def from_plan(cls, plan):
        """From lines with a character for each seat, `.` for a free one."""
        lines = plan.split()
        hall = cls(len(lines), len(lines[0]))
        hall._seats = [list(line) for line in lines]
        return hall

    @property
    def free(self):
        return sum(row.count(FREE) for row in self._seats)

    def _place(self, name):
        """Row and column of a seat. KeyError where there is none of that name."""
        row = string.ascii_uppercase.find(name[:1])
        if not name or not 0 <= row < len(self._seats) or not name[1:].isdigit():
            raise KeyError(name)
        column = int(name[1:]) - 1
        if not 0 <= column < len(self._seats[row]):
            raise KeyError(name)
        return row, column

    def book(self, *names):
        """Book the seats, all of them or none. SeatTaken where one is not free."""
        places = [self._place(name) for name in names]
        for name, (row, column) in zip(names, places):
            if self._seats[row][column] != FREE:
                raise SeatTaken(name)
        for row, column in places:
            self._seats[row][column] = TAKEN

    def neighbours(self, count):
        """The first `count` free seats side by side, counted from the front; None where there are
        not so many together.
        """
        for number, row in enumerate(self._seats):
            column = "".join(row).find(FREE * count)
            if column >= 0:
                return [seat_name(number, column + offset) for offset in range(count)]
        return None

    def plan(self):
        return "\n".join("".join(row) for row in self._seats)
