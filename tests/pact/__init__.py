from . import (
    test_evaluation,
    test_evaluation_asking,
    test_evaluation_planning,
    test_evaluation_portal,
    test_evaluation_rights,
    test_evaluation_year,
    test_pact_documents,
    test_pact_entry,
    test_pact_freeze,
    test_pact_project,
    test_pact_rights,
    test_pact_screen,
)
