"""A date for the calendar of a telephone (RFC 5545), without any library."""

from datetime import timezone

MOST_BYTES = 75


def calendar_file(*, uid, stamp, start, end, summary, place="", text="", sequence=0):
    """One event as the bytes of an ``.ics`` file; moments are naive UTC.

    The same ``uid`` with a higher ``sequence`` moves the date where it is known.

    >>> from datetime import datetime
    >>> when = datetime(2026, 3, 20, 8)
    >>> file = calendar_file(uid="1", stamp=when, start=when, end=when, summary="A")
    >>> file.splitlines()[7]
    b'DTSTART:20260320T080000Z'
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Solidarity Hub//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{_text(uid)}",
        f"DTSTAMP:{_moment(stamp)}",
        f"DTSTART:{_moment(start)}",
        f"DTEND:{_moment(end)}",
        f"SEQUENCE:{int(sequence)}",
        f"SUMMARY:{_text(summary)}",
        *([f"LOCATION:{_text(place)}"] if place else []),
        *([f"DESCRIPTION:{_text(text)}"] if text else []),
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(_folded(line) for line in lines).encode()


def _moment(moment):
    if moment.tzinfo:
        moment = moment.astimezone(timezone.utc)
    return moment.strftime("%Y%m%dT%H%M%SZ")


def _text(value):
    """Commas, semicolons and new lines have a meaning of their own in the file.

    >>> _text("Prices, costs; and" + chr(10) + "more")
    'Prices\\\\, costs\\\\; and\\\\nmore'
    """
    value = str(value).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return value.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line):
    """Lines of at most 75 bytes, never cut inside a letter.

    >>> [len(part.encode()) for part in _folded("é" * 50).splitlines()]
    [74, 27]
    """
    parts, part = [], ""
    for letter in line:
        if len((part + letter).encode()) > MOST_BYTES:
            parts.append(part)
            part = " "
        part += letter
    return "\r\n".join([*parts, part]) + "\r\n"
