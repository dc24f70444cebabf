from . import portal, portal_evaluation, portal_self_evaluation, portal_time
