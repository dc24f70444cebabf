from . import (
    test_pact_documents,
    test_pact_entry,
    test_pact_freeze,
    test_pact_joining,
    test_pact_portal,
    test_pact_project,
    test_pact_refusal,
    test_pact_rights,
    test_pact_screen,
)
