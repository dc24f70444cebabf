import pytz

from odoo import api, fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    hub_active = fields.Boolean(
        string="Solidarity hub",
        help="This company is a solidarity hub: it has its own projects, people and"
        " pacts.",
    )
    hub_reminder_days = fields.Integer(
        string="Days before a reminder",
        default=5,
        help="After how many days somebody who was asked something (to accompany a"
        " project, to be accompanied by a person, to sign the charter) and has not"
        " answered is reminded by e-mail. 0: never.",
    )
    hub_reminder_count = fields.Integer(
        string="Reminders, at most",
        default=2,
        help="After so many reminders the team is told to call.",
    )

    def action_hub_setup(self):
        """Make these companies hubs of their own (button of the settings)."""
        self.check_access("write")
        self._hub_setup()

    def _hub_setup(self):
        """Give each company what a hub needs, creating only what is missing.

        Areas extend this: team, stages, sequences. Running it again changes nothing.
        """
        self.filtered(lambda company: not company.hub_active).hub_active = True

    def _hub_tz(self):
        """Name of the clock people of this hub read: its own, else its country's."""
        address = self.partner_id
        zones = pytz.country_timezones.get(address.country_id.code or "", [""])
        return address.tz or zones[0]

    def _get_letterhead_action(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.company",
            "res_id": self.id,
            "views": [(False, "form")],
            "name": self.env._("Your letterhead"),
        }

    @api.model
    def _hub_uninstall(self):
        """What the addon leaves behind when it is uninstalled; areas extend this."""
