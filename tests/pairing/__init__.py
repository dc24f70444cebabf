from . import (
    test_cohort_propose,
    test_cohort_queries,
    test_cohort_rights,
    test_cohort_solve,
    test_cohort_tour,
    test_pairing_answers,
    test_pairing_merge,
    test_pairing_portal,
    test_pairing_rights,
    test_pairing_rules,
    test_pairing_wizard,
    test_skill_coverage,
)
