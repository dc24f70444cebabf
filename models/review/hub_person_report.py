from odoo import fields, models
from odoo.tools import SQL

from .figures_rows import PERSON_ROWS
from .hub_path_report_mixin import selection_of
from .hub_project_holder import AGE_BAND, AGE_BANDS
from .hub_project_report import DEPENDS

SITUATION = ["education", "holder_id", "moment", "status", "zone"]


class HubPersonReport(models.Model):
    """A person in a year: received, accompanied, with what outcome.

    A person counts once a year however many projects there are, and is shown with the
    one received last. Organisations and projects of the DLA are not among people.
    """

    _name = "hub.person.report"
    _description = "People by year"
    _inherit = ["hub.path.report.mixin"]
    _auto = False
    _check_company_auto = True
    _rec_name = "partner_id"
    _order = "year desc, id"
    _depends = {**DEPENDS, "hub.situation": SITUATION}

    partner_id = fields.Many2one("res.partner", string="Person", readonly=True)
    is_new = fields.Integer(string="Received for the first time", readonly=True)
    gender = fields.Selection(
        [("female", "Woman"), ("male", "Man"), ("other", "Other")], readonly=True
    )
    age_band = fields.Selection(AGE_BANDS, string="Age at entry", readonly=True)
    status = fields.Selection(
        selection_of("hub.situation", "status"),
        string="Status at entry",
        readonly=True,
    )
    education = fields.Selection(
        selection_of("hub.situation", "education"),
        string="Level of education",
        readonly=True,
    )
    residence_zone = fields.Selection(
        selection_of("hub.situation", "zone"),
        string="Zone of residence",
        readonly=True,
    )

    @property
    def _table_query(self):
        return self._read_years(PERSON_ROWS, age_band=SQL(AGE_BAND))
