from . import fund_book, portal, portal_support, portal_time
