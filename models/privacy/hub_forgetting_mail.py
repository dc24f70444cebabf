from odoo import api, models
from odoo.fields import Domain
from odoo.models import MAGIC_COLUMNS
from odoo.tools import SQL

from .hub_forgetting_words import TEXTS


class HubForgetting(models.AbstractModel):
    """What was written to a person, by a person, and about a record of a person."""

    _inherit = "hub.forgetting"

    @api.model
    def _forget_thread(self, records):
        """Messages, activities and files of records that are one person's own.

        A file that belongs to a signature stays with it.
        """
        if not records:
            return
        domain = Domain("res_id", "in", records.ids)
        model = Domain("model", "=", records._name)
        self.env["mail.message"].sudo().search(domain & model).unlink()
        model = Domain("res_model", "=", records._name)
        activities = self.env["mail.activity"].sudo().with_context(active_test=False)
        activities.search(domain & model).unlink()
        # Read with the hidden ones: those that are the value of a field.
        files = (
            self.env["ir.attachment"]
            .sudo()
            .search(domain & model & Domain("id", "!=", 0))
        )
        signed = self._signed_files(records)
        (files - signed).filtered(
            lambda file: (
                not file.res_field
                or file.res_field not in getattr(records, "_kept_files", ())
            )
        ).unlink()

    @api.model
    def _signed_files(self, records):
        if "frozen_pdf_id" not in records._fields:
            return self.env["ir.attachment"]
        return records.sudo().frozen_pdf_id

    @api.model
    def _forget_mail(self, partner):
        """Messages to this person alone or by this person go; others lose the name."""
        self.env.flush_all()
        messages = (
            self.env["mail.message"]
            .sudo()
            .search(
                Domain("partner_ids", "in", partner.ids)
                | Domain("notified_partner_ids", "in", partner.ids)
                | Domain("author_id", "=", partner.id)
            )
        )
        # What somebody of the team wrote about others belongs to their files.
        users = partner.with_context(active_test=False).user_ids
        is_team = any(not user.share for user in users)
        own = messages.filtered(
            lambda message: (
                (message.partner_ids | message.notified_partner_ids) == partner
                if is_team or message.author_id != partner
                else True
            )
        )
        kept = messages - own
        own.unlink()
        self._scrub(partner, kept, "body", "subject")
        letters = self.env["mail.mail"].sudo()
        letters = letters.search([("mail_message_id", "in", kept.ids)])
        self._scrub(partner, letters, "body_html")
        self._forget_addresses(partner)
        for query in self._mail_queries(partner):
            self.env.cr.execute(query)
        self.env.invalidate_all()

    @api.model
    def _forget_addresses(self, partner):
        """Letters that are on their way or were, and lists of refused addresses."""
        if not partner.email:
            return
        email = partner.email_normalized or partner.email
        mails = self.env["mail.mail"].sudo()
        mails.search(
            Domain("recipient_ids", "in", partner.ids)
            | Domain("email_to", "ilike", email)
        ).unlink()
        others = self.env["res.partner"].sudo().with_context(active_test=False)
        if not others.search_count(
            [("email_normalized", "=", email), ("id", "!=", partner.id)], limit=1
        ):
            self.env.cr.execute(
                SQL("DELETE FROM mail_blacklist WHERE email = %s", email)
            )

    @api.model
    def _mail_queries(self, partner):
        """Traces that have no rule and no follow-up of their own."""
        of_partners = SQL(
            "SELECT id FROM ir_model_fields WHERE relation = 'res.partner'"
        )
        yield SQL(
            "UPDATE mail_message SET email_from = NULL, reply_to = NULL"
            " WHERE author_id = %s",
            partner.id,
        )
        yield SQL("DELETE FROM mail_followers WHERE partner_id = %s", partner.id)
        yield SQL("DELETE FROM mail_notification WHERE res_partner_id = %s", partner.id)
        yield SQL(
            "DELETE FROM mail_message_res_partner_rel WHERE res_partner_id = %s",
            partner.id,
        )
        yield SQL("DELETE FROM calendar_attendee WHERE partner_id = %s", partner.id)
        yield SQL(
            "DELETE FROM calendar_event_res_partner_rel WHERE res_partner_id = %s",
            partner.id,
        )
        yield SQL(
            "DELETE FROM discuss_channel_member WHERE partner_id = %s", partner.id
        )
        for side in ("old", "new"):
            yield SQL(
                "UPDATE mail_tracking_value SET %(words)s = NULL"
                " WHERE %(number)s = %(id)s AND field_id IN (%(fields)s)",
                words=SQL.identifier(f"{side}_value_char"),
                number=SQL.identifier(f"{side}_value_integer"),
                id=partner.id,
                fields=of_partners,
            )

    @api.model
    def _plain_texts(self, records):
        """Names of what may be written into a contact by hand."""
        kinds = {*TEXTS, "binary", "image", "date", "datetime", "properties"}
        return [
            name
            for name, field in records._fields.items()
            if field.type in kinds
            and field.store
            and not field.related
            and name not in MAGIC_COLUMNS
            and (not field.compute or not field.readonly)
        ]
