from . import event_event, event_registration, hub_overview
