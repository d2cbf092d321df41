import pytest
from seating import Hall, SeatTaken


def test_a_plan():
    hall = Hall.from_plan("..x\nx..")
    hall.book("B3")
    assert hall.plan() == "..x\nx.x"
    assert hall.neighbours(2) == ["A1", "A2"]


def test_seats_side_by_side():
    hall = Hall(3, 4)
    hall.book(*hall.neighbours(3))
    assert hall.neighbours(2) == ["B1", "B2"]
    assert hall.free == 9


def test_a_seat_is_booked_once():
    hall = Hall(1, 2)
    hall.book("A1")
    with pytest.raises(SeatTaken):
        hall.book("A2", "A1")
    assert hall.plan() == "x."
