"""Bookings of meeting rooms."""

from rooms.booking import Booking, Occupied
from rooms.desk import Desk
from rooms.recurrence import Recurrence

__all__ = ["Booking", "Desk", "Occupied", "Recurrence"]
