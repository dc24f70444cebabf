from . import portal, portal_charter, portal_knowledge, portal_time, time_book
