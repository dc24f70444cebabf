from . import test_pairing_answers, test_pairing_rules
