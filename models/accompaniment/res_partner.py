from odoo import api, fields, models
from odoo.exceptions import UserError

from ...reports.print_words import long_date
from .hub_volunteer_hours import FUNCTIONS

HUB = "solidarity_hub.group_hub_adviser"


class ResPartner(models.Model):
    """The time that a person gave, on the card and as a certificate."""

    _inherit = "res.partner"

    hub_hours_year = fields.Float(
        string="Hours this year",
        compute="_compute_hub_hours_year",
        groups=HUB,
        help="Validated since 1 January.",
    )

    def _compute_hub_hours_year(self):
        today = fields.Date.context_today(self)
        groups = self.env["hub.volunteer.hours"]._read_group(
            [
                ("partner_id", "in", self.ids),
                ("state", "=", "validated"),
                ("date", ">=", today.replace(month=1, day=1)),
            ],
            ["partner_id"],
            ["hours:sum"],
        )
        hours = {partner.id: total for partner, total in groups}
        for partner in self:
            partner.hub_hours_year = hours.get(partner._origin.id, 0.0)

    def action_hub_hours(self):
        """The time this person gave."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_volunteer_hours_action"
        )
        action["domain"] = [("partner_id", "=", self.id)]
        action["context"] = {"default_partner_id": self.id}
        return action

    def action_hub_print_hours(self):
        """The certificate of the time given, for whoever has some that counts."""
        self.ensure_one()
        if not self._hub_certified_hours():
            raise UserError(
                self.env._(
                    "%(person)s has no validated hours given as a volunteer: validate"
                    " them first, under Accompaniment, Time.",
                    person=self.name,
                )
            )
        report = self.env.ref("solidarity_hub.report_time_certificate")
        return report.report_action(self)

    def _hub_print_lang(self):
        """The language of the person a document is for."""
        self.ensure_one()
        return self.lang or self.env.lang

    def _hub_certified_hours(self):
        """Validated hours that were not paid, in the current hub."""
        self.ensure_one()
        return self.env["hub.volunteer.hours"]._read_group(
            [
                ("partner_id", "=", self.id),
                ("company_id", "=", self.env.company.id),
                ("state", "=", "validated"),
                ("role_kind", "!=", "employee"),
            ],
            ["date:year", "function"],
            ["hours:sum", "date:min", "date:max"],
        )

    def _hub_hours_certificate(self):
        """What the certificate says: a row per year, a column per function."""
        labels = dict(
            self.env["hub.volunteer.hours"]
            ._fields["function"]
            ._description_selection(self.env)
        )
        keys = [key for key, _label in FUNCTIONS]
        years, dates = {}, []
        for year, function, hours, first, last in self._hub_certified_hours():
            row = years.setdefault(year.year, dict.fromkeys(keys, 0.0))
            row[function] += hours
            dates += [first, last]
        rows = [
            [str(year), *(self._hub_hours_words(row[key]) for key in keys)]
            + [self._hub_hours_words(sum(row.values()))]
            for year, row in sorted(years.items())
        ]
        total = sum(sum(row.values()) for row in years.values())
        return {
            "functions": [labels[key] for key in keys],
            "rows": rows,
            "total": self._hub_hours_words(total),
            "first": long_date(self.env, min(dates, default=None)),
            "last": long_date(self.env, max(dates, default=None)),
            "today": long_date(self.env, fields.Date.context_today(self)),
        }

    @api.model
    def _hub_hours_words(self, hours):
        """12 h 30, as people write it; a dash for nothing."""
        minutes = round(hours * 60)
        if not minutes:
            return "–"
        whole, rest = divmod(minutes, 60)
        return f"{whole} h {rest:02d}" if rest else f"{whole} h"
