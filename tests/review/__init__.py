from . import test_self_evaluation, test_self_evaluation_portal
