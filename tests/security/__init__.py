from . import test_attacks_by_hand
