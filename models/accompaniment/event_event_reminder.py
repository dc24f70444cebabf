from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

# Whoever installs this beside years of events is not reminded of all of them.
REMIND_DAYS = 60
TODO = "mail.mail_activity_data_todo"


class EventEvent(models.Model):
    """Whoever runs a moment is reminded of the sheet that nobody has filled."""

    _inherit = "event.event"

    hub_reminder_id = fields.Many2one(
        "mail.activity",
        string="Reminder to fill the sheet",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups="solidarity_hub.group_hub_adviser",
    )
    hub_reminded_on = fields.Date(
        string="Reminded on",
        readonly=True,
        copy=False,
        groups="solidarity_hub.group_hub_adviser",
    )

    @api.model
    def _cron_remind_sheets(self):
        """Once a day: one reminder for each sheet that waits, none for those filled."""
        reminded = self.with_context(active_test=False).search(
            [("hub_reminder_id", "!=", False)]
        )
        reminded._hub_drop_reminders()
        start = fields.Datetime.now() - timedelta(days=REMIND_DAYS)
        waiting = self.search(
            self._hub_domain_to_fill()
            & Domain("date_end", ">=", start)
            & Domain("hub_reminded_on", "=", False)
        )
        waiting._hub_remind()

    def _hub_remind(self):
        """A task for whoever is responsible; a second one is never made."""
        activities = self.env["mail.activity"].with_context(
            mail_activity_quick_update=True
        )
        made = activities.create([event._prepare_reminder_vals() for event in self])
        for event, activity in zip(self, made, strict=True):
            event.hub_reminder_id = activity
        self.hub_reminded_on = fields.Date.context_today(self)

    def _prepare_reminder_vals(self):
        user = self._hub_in_charge()
        env = self.with_context(lang=user.lang).env
        day = self._hub_local(self.date_begin).date()
        return {
            "activity_type_id": env["ir.model.data"]._xmlid_to_res_id(TODO),
            "res_model_id": env["ir.model"]._get_id(self._name),
            "res_id": self.id,
            "user_id": user.id,
            "date_deadline": fields.Date.context_today(self),
            "automated": True,
            "summary": env._("Fill the attendance sheet"),
            "note": env._(
                "It took place on %(day)s: who came?", day=format_date(env, day)
            ),
        }

    def _hub_in_charge(self):
        """Who runs it, else a coordinator of the hub."""
        self.ensure_one()
        adviser = "solidarity_hub.group_hub_adviser"
        if self.user_id.active and self.user_id.has_group(adviser):
            return self.user_id
        group = self.env.ref("solidarity_hub.group_hub_coordinator").sudo()
        company = self.company_id or self.env.company
        team = group.all_user_ids.filtered(
            lambda user: (
                user.active and not user._is_superuser() and company in user.company_ids
            )
        )
        return team.sorted("id")[:1] or self.env.ref("base.user_admin")

    def _hub_drop_reminders(self):
        """What is filled, put away, or did not take place, waits for nobody."""
        reminded = self.filtered("hub_reminder_id")
        active = reminded.filtered("active")
        waiting = active.filtered_domain(self._hub_domain_to_fill())
        (reminded - waiting).hub_reminder_id.unlink()
