from . import (
    crm_lead,
    hub_pairing,
    hub_pairing_answers,
    hub_pairing_eligibility,
    hub_pairing_engine,
    hub_pairing_places,
    hub_pairing_portal,
    hub_pairing_run,
    hub_pairing_words,
    hub_overview,
    hub_portal,
    res_partner,
)
