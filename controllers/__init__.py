from . import portal, portal_time
