from . import (
    event_event,
    event_registration,
    event_registration_training,
    hub_overview,
)
