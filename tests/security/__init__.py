from . import (
    test_attacks_by_hand,
    test_leaks,
    test_rules_over_rpc,
    test_screens,
    test_second_hub,
)
