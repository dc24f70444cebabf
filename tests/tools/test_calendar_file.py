from datetime import datetime, timedelta, timezone

import pytest

from tools.calendar_file import calendar_file

START = datetime(2026, 3, 20, 8, tzinfo=timezone.utc).replace(tzinfo=None)


def lines(**vals):
    content = calendar_file(
        **{
            "uid": "7@hub",
            "stamp": START,
            "start": START,
            "end": START + timedelta(hours=2),
            "summary": "Breakfast",
            **vals,
        }
    )
    assert content.endswith(b"END:VCALENDAR\r\n")
    return content.decode().split("\r\n")


def test_a_moment_says_what_when_and_where():
    found = lines(place="1 square, Dijon", text="Bring a cup", sequence=3)
    for line in (
        "UID:7@hub",
        "DTSTART:20260320T080000Z",
        "DTEND:20260320T100000Z",
        "SEQUENCE:3",
        "SUMMARY:Breakfast",
        "LOCATION:1 square\\, Dijon",
        "DESCRIPTION:Bring a cup",
    ):
        assert line in found


def test_what_is_empty_is_left_out():
    assert not [line for line in lines() if line.startswith(("LOCATION", "DESCR"))]


def test_a_moment_of_another_zone_is_told_in_universal_time():
    paris = START.replace(tzinfo=timezone(timedelta(hours=1)))
    assert "DTSTART:20260320T070000Z" in lines(start=paris)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a\r\nb\nc\rd", "a\\nb\\nc\\nd"),
        ("a;b,c", "a\\;b\\,c"),
        ("x\nEND:VEVENT", "x\\nEND:VEVENT"),
    ],
)
def test_no_text_ends_the_line_it_is_on(text, written):
    assert f"SUMMARY:{written}" in lines(summary=text)


def test_long_lines_are_folded_and_read_back_whole():
    title = "Petit déjeuner des créatrices et créateurs, 中文 " * 5
    content = calendar_file(uid="1", stamp=START, start=START, end=START, summary=title)
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    whole = content.decode().replace("\r\n ", "")
    assert "SUMMARY:" + title.replace(",", "\\,") in whole
