from . import portal, portal_evaluation, portal_time
