"""Bookings as a calendar file (iCalendar, RFC 5545)."""

_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
MAX_OCTETS = 75


def export(bookings, stamp):
    """The file with an event for each booking. `stamp` is when it is made, in UTC."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//rooms//EN"]
    for number, booking in enumerate(bookings, start=1):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{number}-{stamp:%Y%m%dT%H%M%SZ}@rooms",
            f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
            f"DTSTART:{booking.start:%Y%m%dT%H%M%S}",
            f"DTEND:{booking.end:%Y%m%dT%H%M%S}",
            f"LOCATION:{booking.room.translate(_ESCAPES)}",
            f"SUMMARY:{booking.title.translate(_ESCAPES)}",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{fold(line)}\r\n" for line in lines).encode()


def fold(line):
    """A line of content as lines of at most 75 octets in UTF-8, line ends not counted.

    Each one but the first begins with a space (section 3.1). No character is split, and there are
    no more lines than needed.
    """
    folded = []
    while len(line) > MAX_OCTETS:
        folded.append(line[:MAX_OCTETS])
        line = " " + line[MAX_OCTETS:]
    folded.append(line)
    return "\r\n".join(folded)
