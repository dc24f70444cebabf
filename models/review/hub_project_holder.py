from odoo import fields, models
from odoo.tools import SQL

AGE_BANDS = [
    ("under_18", "Under 18"),
    ("18_29", "18 to 29"),
    ("30_44", "30 to 44"),
    ("45_54", "45 to 54"),
    ("55_over", "55 and over"),
]
# Age at entry: reached in the year of the reception, as the year of birth is all that
# is asked.
AGE = "extract(year FROM lead.hub_reception_date)::int - partner.hub_birth_year"
AGE_BAND = (
    f"CASE WHEN {AGE} < 18 THEN 'under_18' WHEN {AGE} < 30 THEN '18_29'"
    f" WHEN {AGE} < 45 THEN '30_44' WHEN {AGE} < 55 THEN '45_54' ELSE '55_over' END"
)
SENSITIVE = "solidarity_hub.group_hub_adviser"


class HubProjectHolder(models.Model):
    """What the figures need of a person, kept when the name is taken away.

    Figures read gender and age at entry from the contact; once a contact is made
    anonymous they read them here. The situation at entry (``hub.situation``) hangs on
    this line, not on the contact, and stays as well.
    """

    _inherit = "hub.project.holder"

    kept_gender = fields.Selection(
        [("female", "Woman"), ("male", "Man"), ("other", "Other")],
        string="Gender (kept)",
        readonly=True,
        copy=False,
        groups=SENSITIVE,
    )
    kept_age_band = fields.Selection(
        AGE_BANDS,
        string="Age at entry (kept)",
        readonly=True,
        copy=False,
        groups=SENSITIVE,
    )

    def _keep_facts(self):
        """Keep what figures group by; to be called before names are taken away."""
        if not self:
            return
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """UPDATE hub_project_holder holder
                      SET kept_gender = COALESCE(partner.hub_gender, kept_gender),
                          kept_age_band = CASE
                              WHEN COALESCE(partner.hub_birth_year, 0) = 0
                              THEN kept_age_band ELSE %(age_band)s END
                     FROM res_partner partner, crm_lead lead
                    WHERE partner.id = holder.partner_id AND lead.id = holder.lead_id
                      AND holder.id IN %(ids)s""",
                age_band=SQL(AGE_BAND),
                ids=tuple(self.ids),
            )
        )
        self.invalidate_recordset(["kept_gender", "kept_age_band"])
