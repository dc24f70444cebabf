from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

AUDIENCES = ("volunteers", "holders", "employees")


class HubCharterAskWizard(models.TransientModel):
    """Ask many people at once to sign: by role, or those selected."""

    _name = "hub.charter.ask.wizard"
    _description = "Ask people to sign the charter"
    _inherit = ["hub.asking.mixin"]

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    charter_id = fields.Many2one(
        "hub.charter",
        required=True,
        domain="[('state', '=', 'current'), ('company_id', '=', company_id)]",
        default=lambda self: self.env["hub.charter"]._current_of(self.env.company),
    )
    volunteers = fields.Boolean(string="All volunteers")
    holders = fields.Boolean(string="All holders with an open project")
    employees = fields.Boolean(string="All employees")
    partner_ids = fields.Many2many(
        "res.partner",
        "hub_charter_ask_partner_rel",
        string="Whom to ask",
        compute="_compute_partner_ids",
        store=True,
        readonly=False,
    )
    # Those whom a role has brought, to go again with it.
    role_partner_ids = fields.Many2many(
        "res.partner",
        "hub_charter_ask_role_partner_rel",
        string="Those of the roles",
        compute="_compute_partner_ids",
        store=True,
    )
    to_mail_count = fields.Integer(string="By e-mail", compute="_compute_counts")
    to_call_count = fields.Integer(string="To be called", compute="_compute_counts")
    done_count = fields.Integer(string="Left as they are", compute="_compute_counts")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        context = self.env.context
        if context.get("hub_ask_everybody"):
            values |= dict.fromkeys(AUDIENCES, True)
        if context.get("active_model") == "res.partner" and "partner_ids" in fields:
            values.setdefault("partner_ids", context.get("active_ids"))
        return values

    @api.depends("volunteers", "holders", "employees", "charter_id")
    def _compute_partner_ids(self):
        """Those of the chosen roles who were not asked yet, beside those selected."""
        for wizard in self:
            domains = [
                Domain(f"is_{audience[:-1]}", "=", True)
                for audience in AUDIENCES
                if wizard[audience]
            ]
            people = self.env["hub.charter.person"].search(
                Domain("charter_id", "=", wizard.charter_id.id)
                & Domain("state", "=", "not_asked")
                & Domain.OR(domains)
            )
            selected = wizard.partner_ids - wizard.role_partner_ids
            wizard.partner_ids = selected | people.partner_id
            wizard.role_partner_ids = people.partner_id

    @api.depends("partner_ids", "charter_id")
    def _compute_counts(self):
        for wizard in self:
            done = wizard._done_people()
            asked = wizard.partner_ids._origin - done
            by_mail = asked.filtered("email")
            wizard.to_mail_count = len(by_mail)
            wizard.to_call_count = len(asked - by_mail)
            wizard.done_count = len(done)

    def _done_people(self):
        """Those who signed, or were asked already."""
        rows = self.env["hub.charter.signature"].search(
            Domain("charter_id", "=", self.charter_id.id)
            & Domain("partner_id", "in", self.partner_ids.ids)
            & (
                Domain("answer", "=", "yes")
                | Domain("answer", "=", "waiting") & Domain("asked_on", "!=", False)
            )
        )
        return rows.partner_id

    def action_ask(self):
        """Write to those who have an address; list the others, to be called.

        :return: what was done, and the list of people to call
        """
        self.ensure_one()
        if self.charter_id.state != "current":
            raise UserError(
                self.env._(
                    "%(charter)s is not the version to sign today: nobody is asked to"
                    " sign it.",
                    charter=self.charter_id.display_name or self.env._("This charter"),
                )
            )
        if not self.partner_ids:
            raise UserError(
                self.env._("Nobody is chosen yet: choose roles, or people by name.")
            )
        asked = self.env["hub.charter.signature"]._ask(
            self.charter_id, self.partner_ids
        )
        to_call = asked.filtered("to_call")
        parts = self._what_was_done(asked - to_call, to_call)
        action = self._notify(parts, warning=not asked)
        if to_call:
            action["params"]["next"] = self._open_calls(to_call.partner_id)
        return action

    def _what_was_done(self, mailed, to_call):
        left = len(self.partner_ids - (mailed | to_call).partner_id)
        return [
            mailed
            and self.env._("E-mails on their way: %(count)s.", count=len(mailed)),
            to_call
            and self.env._(
                "To be called, in this list with the link to copy: %(count)s.",
                count=len(to_call),
            ),
            left
            and self.env._(
                "Asked before, or signed already, and left as they were: %(count)s.",
                count=left,
            ),
        ]

    def _open_calls(self, partners):
        """Whoever has no address: the telephone number, and the link to copy."""
        action = self.charter_id.action_open_people()
        action["name"] = action["display_name"] = self.env._("To be called")
        action["domain"] = [*action["domain"], ("partner_id", "in", partners.ids)]
        action["context"] = {}
        # The address of the whole list would forget the domain.
        action["path"] = False
        return action
