from . import portal, portal_moments, portal_time
