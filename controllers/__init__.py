from . import portal, portal_charter, portal_time
