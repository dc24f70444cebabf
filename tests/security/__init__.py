from . import (
    test_attacks_by_hand,
    test_leaks,
    test_merge_everything,
    test_pact_signing_rights,
    test_portal_doors,
    test_query_counts,
    test_rules_over_rpc,
    test_sales_over_rpc,
    test_screens,
    test_second_hub,
    test_table_of_rights,
    test_unusual_words,
)
