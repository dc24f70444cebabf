from . import portal, portal_meeting, portal_time
