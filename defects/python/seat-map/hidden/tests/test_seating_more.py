import pytest
from seating import FREE, Hall, SeatTaken


@pytest.mark.parametrize(("rows", "width"), [(1, 1), (2, 1), (3, 5), (26, 2)])
def test_one_seat(rows, width):
    hall = Hall(rows, width)
    assert hall.free == rows * width
    hall.book(f"A{width}")
    assert hall.free == rows * width - 1
    assert hall.plan().splitlines() == [FREE * (width - 1) + "x"] + [FREE * width] * (rows - 1)


def test_seats_of_several_rows():
    hall = Hall(3, 3)
    hall.book("A1", "B2", "C3")
    assert hall.plan() == "x..\n.x.\n..x"
    with pytest.raises(SeatTaken):
        hall.book("A2", "C3")
    assert hall.plan() == "x..\n.x.\n..x"


def test_until_the_hall_is_full():
    hall = Hall(2, 2)
    for _ in range(4):
        hall.book(*hall.neighbours(1))
    assert hall.free == 0
    assert hall.neighbours(1) is None


def test_halls_do_not_share_seats():
    first, second = Hall(2, 2), Hall(2, 2)
    first.book("B1")
    assert second.free == 4


@pytest.mark.parametrize("name", ["", "A", "A0", "A3", "C1", "a1", "1A", "A-1"])
def test_no_such_seat(name):
    hall = Hall(2, 2)
    with pytest.raises(KeyError):
        hall.book(name)


@pytest.mark.parametrize("rows", [0, 27])
def test_rows(rows):
    with pytest.raises(ValueError):
        Hall(rows, 3)
