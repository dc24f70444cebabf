from . import (
    hub_attendance_sheet,
    hub_charter_paper_wizard,
    hub_close_wizard,
    hub_pact_sign_wizard,
    hub_pact_take_back_wizard,
    hub_pairing_answer_wizard,
    hub_pairing_end_wizard,
    hub_pairing_wizard,
    hub_pairing_wizard_person,
    hub_pairing_wizard_proposal,
    hub_pairing_wizard_search,
    hub_reception_wizard,
)
