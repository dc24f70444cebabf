from . import (
    test_bodies,
    test_convening,
    test_fees,
    test_governance_portal,
    test_governance_rights,
    test_meeting_attendance,
    test_meeting_time,
    test_minutes,
    test_proxies,
    test_secret_votes,
    test_vote_cases,
    test_votes,
)
