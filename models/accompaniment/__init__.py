from . import (
    crm_lead,
    event_event,
    event_event_print,
    event_event_sheet,
    event_registration,
    event_registration_print,
    event_registration_training,
    hub_interview,
    hub_interview_presence,
    hub_overview,
    hub_project_action,
)
