from . import (
    base_partner_merge,
    hub_charter,
    hub_charter_signature,
    hub_conflict,
    hub_milestone,
    hub_partner_skill,
    hub_role,
    hub_skill,
    res_company,
    res_partner,
    res_partner_answers,
)
