from . import portal, portal_knowledge, portal_time, time_book
