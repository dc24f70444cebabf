from . import portal, portal_support, portal_time
