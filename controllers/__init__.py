from . import portal, portal_time, time_book
