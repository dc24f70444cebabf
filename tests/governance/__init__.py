from . import (
    test_bodies,
    test_convening,
    test_meeting_attendance,
    test_proxies,
    test_vote_cases,
    test_votes,
)
