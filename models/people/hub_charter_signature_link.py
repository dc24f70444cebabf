from odoo import api, fields, models


class HubCharterSignature(models.Model):
    """The personal link by which somebody reads a version and answers, without a
    password. Pages get named plain values only."""

    _inherit = "hub.charter.signature"

    access_token = fields.Char(groups="solidarity_hub.group_hub_coordinator")
    sign_url = fields.Char(
        string="Link to sign",
        compute="_compute_sign_url",
        groups="solidarity_hub.group_hub_coordinator",
        help="To copy into a text message; it opens without a password.",
    )

    @api.depends("access_token")
    def _compute_sign_url(self):
        for signature in self:
            signature.sign_url = signature._link() if signature.id else False

    def _portal_path(self):
        return f"/my/hub/charter/{self.id}"

    def _portal_is_open(self):
        """Whether this person is still awaited, for this version."""
        self.ensure_one()
        return bool(self.sudo()._awaited())

    def _portal_values(self):
        """What the page of one person shows: the text, and where the answer stands."""
        self.ensure_one()
        signature = self.sudo()
        charter = signature.charter_id
        return {
            "title": charter.name,
            "version": charter._print_version(),
            "sign_before": charter._print_sign_before(),
            "body": charter.body or "",
            "rules": charter.rules or "",
            "answer": signature.answer,
            "greeting": signature._portal_greeting(),
            "is_open": signature._portal_is_open(),
            "newer_url": signature._portal_newer_url(),
            "hub": self.env["hub.portal"]._contacts(signature.company_id.partner_id)[0],
        }

    def _portal_greeting(self):
        """The first line of the page: what is asked, or thanks."""
        name = self.partner_id.name or ""
        if self.answer == "yes":
            return self.env._(
                "Signed on %(date)s. Thank you, %(name)s!",
                date=self._print_day(),
                name=name,
            )
        return self.env._(
            "Hello %(name)s, this is what we all share. Please read it; you sign at the"
            " end.",
            name=name,
        )

    def _portal_newer_url(self):
        """Where the same person signs the version that followed, if asked already."""
        current = self.env["hub.charter"]._current_of(self.company_id)
        if self.charter_id == current:
            return ""
        newer = self.search(
            [
                ("charter_id", "=", current.id),
                ("partner_id", "=", self.partner_id.id),
                ("asked_on", "!=", False),
            ],
            limit=1,
        )
        return newer.sign_url if newer else ""
