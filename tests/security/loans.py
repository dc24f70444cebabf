from datetime import timedelta

from odoo import fields
from odoo.fields import Command


def fill_loan_life(env, loan, guarantor, word):
    """What may happen to a loan: a guarantee with its claim, a reminder, a change that
    is asked, a year end; ``{model: records}``."""
    company = loan.company_id
    guarantee = env["hub.loan.guarantee"].create(
        {"loan_id": loan.id, "partner_id": guarantor.id, "conditions": word}
    )
    change = env["hub.loan.change"].create(
        {
            "loan_id": loan.id,
            "kind": "respite",
            "date": "2026-01-15",
            "reason": word,
            "terms": {"months": 1, "scope": "late"},
        }
    )
    claim = env["hub.loan.claim"].create(
        {
            "loan_id": loan.id,
            "change_id": change.id,
            "guarantee_id": guarantee.id,
            "partner_id": guarantor.id,
            "kind": "guarantee",
            "date": "2026-01-15",
            "amount": 10,
        }
    )
    found = {record._name: record for record in (guarantee, change, claim)}
    own = [("company_id", "=", company.id)]
    for model in ("impairment.rule", "declaration.rule", "reminder.level"):
        found[f"hub.loan.{model}"] = env[f"hub.loan.{model}"].search(own)
    found["hub.loan.reminder"] = env["hub.loan.reminder"].create(
        {
            "loan_id": loan.id,
            "level_id": found["hub.loan.reminder.level"][0].id,
            "since": "2026-01-15",
            "amount": 10,
            "days": 20,
            "channel": "letter",
        }
    )
    closings = env["hub.loan.closing"]
    day = fields.Date.to_date("2025-12-31") + timedelta(closings.search_count(own))
    closing = closings.create(
        {
            "date": day,
            "company_id": company.id,
            "line_ids": [Command.create({"loan_id": loan.id})],
        }
    )
    found |= {record._name: record for record in (closing, closing.line_ids)}
    return found
