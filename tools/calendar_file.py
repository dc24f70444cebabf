"""A date for the calendar of a telephone (RFC 5545), by the library that Odoo uses."""

import pytz

try:
    import vobject
except ImportError:
    vobject = None


def calendar_file(*, uid, stamp, start, end, summary, place="", text="", sequence=0):
    """One event as the bytes of an ``.ics`` file, empty where the library is missing.

    The same ``uid`` with a higher ``sequence`` moves the date in calendars that have it
    already. Moments without a zone are in universal time.
    """
    if not vobject:
        return b""
    calendar = vobject.iCalendar()
    event = calendar.add("vevent")
    event.add("uid").value = uid
    event.add("sequence").value = str(sequence)
    for name, moment in (("dtstamp", stamp), ("dtstart", start), ("dtend", end)):
        event.add(name).value = _universal(moment)
    for name, value in (
        ("summary", summary),
        ("location", place),
        ("description", text),
    ):
        if value:
            event.add(name).value = _one_kind_of_break(value)
    return calendar.serialize().encode()


def _universal(moment):
    if not moment.tzinfo:
        return moment.replace(tzinfo=pytz.utc)
    return moment.astimezone(pytz.utc)


def _one_kind_of_break(text):
    return "\n".join(text.splitlines())
