from . import (
    portal,
    portal_absence,
    portal_appointment,
    portal_charter,
    portal_interview,
    portal_knowledge,
    portal_moments,
    portal_note,
    portal_time,
    time_book,
)
