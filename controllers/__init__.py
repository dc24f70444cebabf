from . import portal, portal_pact, portal_time, verify
