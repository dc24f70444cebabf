import logging

from markupsafe import Markup
from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.fields import Domain

_logger = logging.getLogger(__name__)

CALL = "mail.mail_activity_data_call"
TODO = "mail.mail_activity_data_todo"


class HubAskingMixin(models.AbstractModel):
    """What asking people has in common: e-mails, reminders, and calls by the team.

    Whoever has an e-mail address is written to, reminded after some days, and called
    in the end; whoever has none is called at once.
    """

    _name = "hub.asking.mixin"
    _description = "Asking people"

    @api.model
    def _today(self):
        return fields.Date.context_today(self)

    # ------------------------------------------------------------
    # Jobs
    # ------------------------------------------------------------

    @api.model
    def _run_in_batches(self, handle, count):
        """Go on until nothing is due or the time is over; each batch is kept.

        :param handle: handles a batch, returns how many it handled
        :param count: how many are still due
        """
        handled = True
        while handled:
            handled = handle()
            left = count() if handled else 0
            if not self.env["ir.cron"]._commit_progress(handled, remaining=left):
                break

    @api.model
    def _companies(self):
        """Hubs that remind people."""
        return (
            self.env["res.company"]
            .sudo()
            .search(
                Domain("hub_active", "=", True) & Domain("hub_reminder_days", ">", 0)
            )
        )

    @api.model
    def _safely(self, method, *args):
        """What follows from an answer or a question never costs the thing itself."""
        try:
            with self.env.cr.savepoint():
                return method(*args)
        except (OperationalError, ConcurrencyError):
            raise
        except Exception:
            _logger.exception("What follows from %s went wrong", self._description)
            return None

    # ------------------------------------------------------------
    # What the team has to do
    # ------------------------------------------------------------

    @api.model
    def _some_coordinator(self, company):
        group = self.env.ref("solidarity_hub.group_hub_coordinator")
        users = group.sudo().all_user_ids.filtered(
            lambda user: (
                user.active and not user._is_superuser() and company in user.company_ids
            )
        )
        return users.sorted("id")[:1] or self.env.ref("base.user_admin")

    @api.model
    def _first_of_team(self, users, company):
        """The first of these users who works here, else a coordinator."""
        team = users.filtered(
            lambda user: user.active and not user.share and not user._is_superuser()
        )
        return team[:1] or self._some_coordinator(company)

    @api.model
    def _call_summary(self, env, name, phone):
        """“Call Bernard (06 ...)”, in the language of whoever calls."""
        who = f"{name} ({phone})" if phone else name
        return env._("Call %(name)s", name=who)

    @api.model
    def _prepare_activity_vals(self, record, xml_id, user, summary, lines):
        """Something to do today.

        :param record: what it is about; whoever sees it sees the activity
        :param lines: sentences of the note; empty ones are left out
        """
        return {
            "activity_type_id": self.env["ir.model.data"]._xmlid_to_res_id(xml_id),
            "res_model_id": self.env["ir.model"]._get_id(record._name),
            "res_id": record.id,
            "user_id": user.id,
            "date_deadline": self._today(),
            "automated": True,
            "summary": summary,
            "note": Markup("").join(
                Markup("<p>%s</p>") % line for line in filter(None, lines)
            ),
        }

    @api.model
    def _create_activities(self, vals_list):
        activities = self.env["mail.activity"].sudo()
        return activities.with_context(mail_activity_quick_update=True).create(
            vals_list
        )

    @api.model
    def _notify(self, parts, warning=False):
        """Tell the user what was done; a warning waits until it is read."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": " ".join(filter(None, parts)),
                "type": "warning" if warning else "success",
                "sticky": warning,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    @api.model
    def _notify_reminded(self, mailed, names_to_call):
        """
        :param mailed: how many e-mails are on their way
        :param names_to_call: whoever has no address
        """
        parts = []
        if mailed:
            parts.append(self.env._("E-mails on their way: %(count)s.", count=mailed))
        if names_to_call:
            parts.append(
                self.env._(
                    "To be called, for want of an e-mail address: %(names)s.",
                    names=", ".join(names_to_call),
                )
            )
        return self._notify(parts, warning=bool(names_to_call))
