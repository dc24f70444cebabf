from odoo import models

from ...reports.print_words import long_date


class CrmLead(models.Model):
    """What is printed at the reception: the sheet and the privacy information."""

    _inherit = "crm.lead"

    def _hub_print_lang(self):
        """The language of the person who is received."""
        self.ensure_one()
        return self.partner_id.lang or self.env.lang

    def _hub_print_rows(self):
        """``[(label, value)]`` of the reception sheet, empty ones left out."""
        self.ensure_one()
        labelled = (
            "hub_prescriber_id",
            "hub_place",
            "hub_public",
            "hub_kind",
            "hub_entry",
            "hub_activity_id",
            "hub_territory_id",
        )
        received = long_date(self.env, self.hub_reception_date)
        rows = [
            (self._hub_label("hub_reception_date"), received),
            (self.env._("Received by"), self.user_id.name),
            *((self._hub_label(name), self._hub_printed(name)) for name in labelled),
        ]
        return [(label, value) for label, value in rows if value]

    def _hub_label(self, name):
        return self._fields[name]._description_string(self.env)

    def _hub_printed(self, name):
        field = self._fields[name]
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(self[name])
        return self[name].sudo().display_name if field.relational else self[name]

    def _hub_print_contact(self):
        """Where to write about one's data."""
        company = (self.company_id or self.env.company).sudo()
        address = company.partner_id
        town = " ".join(filter(None, [address.zip, address.city]))
        parts = [company.name, address.street, town, company.email, company.phone]
        return ", ".join(filter(None, parts))
