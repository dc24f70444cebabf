from odoo import api, fields, models
from odoo.fields import Command

ASKED = ("status", "months_unemployed", "benefit")


class HubSituationEntry(models.TransientModel):
    """Where one holder stands, asked on the screen on which a path ends or is looked
    back at. Nothing is required; what is left empty is not noted."""

    _name = "hub.situation.entry"
    _description = "Situation of a holder, as it is told"

    close_id = fields.Many2one("hub.close.wizard", ondelete="cascade")
    call_id = fields.Many2one("hub.follow.up.call", ondelete="cascade")
    holder_id = fields.Many2one("hub.project.holder", required=True, readonly=True)
    name = fields.Char(related="holder_id.partner_id.name", string="Person")
    status = fields.Selection(
        lambda self: self._options("status"), string="Professional status"
    )
    months_unemployed = fields.Integer(string="Months without work")
    benefit = fields.Selection(
        lambda self: self._options("benefit"), string="Benefits received"
    )

    @api.model
    def _options(self, name):
        field = self.env["hub.situation"]._fields[name]
        return field._description_selection(self.env)

    @api.model
    def _lines_for(self, lead, moment):
        """Lines for the people of a project, with what is noted already.

        Only where the user may note it: others read that the adviser in charge does.
        """
        if not self.env["hub.situation"].has_access("create"):
            return []
        holders = lead.hub_holder_ids._filtered_access("write")
        people = holders.filtered(lambda holder: not holder.partner_id.is_company)
        return [
            Command.create({"holder_id": holder.id, **self._known(holder, moment)})
            for holder in people
        ]

    @api.model
    def _known(self, holder, moment):
        noted = holder.situation_ids.filtered(lambda s: s.moment == moment)[:1]
        return {name: noted[name] for name in ASKED}

    def _note(self, moment, day):
        """Write down what was told; the line of that moment is completed."""
        situations = self.env["hub.situation"]
        for entry in self:
            told = {name: entry[name] for name in ASKED if entry[name]}
            if entry.status and entry.status != "job_seeker":
                told["months_unemployed"] = 0
            noted = entry.holder_id.situation_ids.filtered(lambda s: s.moment == moment)
            if noted:
                noted.write(told)
            elif told:
                situations.create(
                    {
                        **told,
                        "holder_id": entry.holder_id.id,
                        "moment": moment,
                        "date": day,
                    }
                )
