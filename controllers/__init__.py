from . import (
    portal,
    portal_absence,
    portal_appointment,
    portal_charter,
    portal_evaluation,
    portal_interview,
    portal_knowledge,
    portal_moments,
    portal_note,
    portal_self_evaluation,
    portal_time,
    time_book,
)
