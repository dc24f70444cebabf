from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import SQL

HUB = "solidarity_hub.group_hub_adviser"
# Writing is quiet: nothing tells what the value was before.
QUIET = {
    "tracking_disable": True,
    "mail_notrack": True,
    "mail_create_nolog": True,
    "no_vat_validation": True,
    "active_test": True,
}
# Facts that no name follows from; figures group people by them.
KEPT = {"name", "lang", "tz", "type", "hub_anonymous_on"}


class ResPartner(models.Model):
    """A person who was forgotten: what the hub counts stays, the person is gone."""

    _inherit = "res.partner"

    hub_anonymous_on = fields.Date(
        string="Name taken away on", readonly=True, copy=False, groups=HUB
    )

    def _hub_anonymous_name(self):
        self.ensure_one()
        company = self.company_id or self.env.company
        env = self.with_context(lang=company.partner_id.lang or self.env.lang).env
        return env._("Anonymous person %(number)s", number=self.id)

    @api.model
    def _hub_contacts(self):
        """Messages that people wrote themselves."""
        return SQL(
            """
SELECT author_id, NULL::int, date
  FROM mail_message
 WHERE author_id IS NOT NULL AND message_type IN ('email', 'comment')"""
        )

    @api.model
    def _hub_forget(self, partner):
        """The contact with its addresses, accounts, letters and files."""
        forgetting = self.env["hub.forgetting"]
        forgetting._forget_mail(partner)
        forgetting._forget_keys(partner)
        people = partner | partner.child_ids.filtered(lambda c: c.type != "contact")
        forgetting._forget_thread(people)
        people._hub_forget_banks()
        names = set(forgetting._plain_texts(self)) - KEPT
        vals = dict.fromkeys(sorted(names), False) | {
            "hub_birth_year": False,
            "hub_territory_id": False,
            "country_id": False,
            "state_id": False,
            "category_id": [Command.clear()],
            "user_id": False,
            "hub_anonymous_on": fields.Date.context_today(self),
        }
        if not partner._hub_stands_for_organisation():
            vals["parent_id"] = False
        name = partner._hub_anonymous_name()
        addresses = (people - partner).with_context(**QUIET)
        addresses.write(
            {key: value for key, value in vals.items() if key != "parent_id"}
            | {"name": False, "active": False}
        )
        partner.with_context(**QUIET).write({**vals, "name": name, "active": False})
        partner._hub_forget_stamps()

    def _hub_stands_for_organisation(self):
        """Figures tell which organisation sent people: theirs, not this person's."""
        return bool(
            self.env["crm.lead"].search_count(
                [("hub_prescriber_id", "=", self.id)], limit=1
            )
        )

    def _hub_forget_banks(self):
        """Accounts that a payment refers to stay, without number and owner."""
        for bank in self.with_context(active_test=False).bank_ids.sudo():
            self.env.cr.execute(
                SQL(
                    "UPDATE res_partner_bank SET acc_number = %(word)s,"
                    " sanitized_acc_number = %(word)s, acc_holder_name = NULL,"
                    " active = FALSE WHERE id = %(id)s",
                    word=f"…{bank.id}",
                    id=bank.id,
                )
            )
            bank.invalidate_recordset()

    def _hub_forget_stamps(self):
        """Keys of links sent by letter open nothing any more."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL("UPDATE res_partner SET signup_type = NULL WHERE id = %s", self.id)
        )
        self.invalidate_recordset()

    def action_hub_forget(self):
        """Somebody asks to be forgotten: put on the list, to be confirmed there."""
        rows = self.env["hub.anonymisation"]
        rows._check_may_decide()
        self.check_access("read")
        known = self.env["hub.forgetting"]._last_contacts(self)
        for person in self:
            if person.is_company:
                raise UserError(
                    self.env._(
                        "%(name)s is an organisation: only people are forgotten.",
                        name=person.display_name,
                    )
                )
            if person.hub_anonymous_on or (person.id, self.env.company.id) not in known:
                raise UserError(
                    self.env._(
                        "The hub knows nothing of %(name)s that could be taken away.",
                        name=person.display_name,
                    )
                )
        rows = rows._ask_for(self)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_anonymisation_action"
        )
        return dict(action, domain=list(Domain("id", "in", rows.ids)), context={})

    def action_hub_person_file(self):
        """Everything held about this person, in one file."""
        self.ensure_one()
        self.env["hub.person.file"]._check_may_hand_out(self)
        return {
            "type": "ir.actions.act_url",
            "url": f"/solidarity_hub/person/{self.id}/file",
            "target": "self",
        }
