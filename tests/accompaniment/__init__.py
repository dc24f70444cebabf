from . import (
    test_attendance,
    test_attendance_documents,
    test_attendance_sheet,
    test_interview,
    test_interview_note,
    test_moment_series,
    test_moment_training,
    test_moments_rights,
    test_moments_tour,
    test_portal_shared,
    test_project_moments,
    test_time_certificate,
    test_volunteer_hours,
    test_volunteer_hours_proposal,
    test_volunteer_hours_rpc,
)
from . import test_note_attacks
