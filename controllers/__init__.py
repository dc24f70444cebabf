from . import (
    portal,
    portal_absence,
    portal_appointment,
    portal_interview,
    portal_note,
    portal_time,
)
