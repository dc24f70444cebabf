import re
import uuid

from odoo import api, fields, models
from odoo.tools import remove_accents

from ..common.hub_personal_link_mixin import key_opens
from .hub_pairing import FOLLOWED_STATES, OPEN_STATES


class HubPairing(models.Model):
    """What the volunteer and the holder see of it on their own pages.

    Before saying yes a volunteer sees what the project is, never who carries it.
    """

    _inherit = "hub.pairing"

    title = fields.Char(
        string="Project title",
        compute="_compute_title",
        compute_sudo=True,
        help="Before the yes of the volunteer, without the name of who carries it.",
    )
    # Whoever holds a token answers in the person's name.
    access_token = fields.Char(
        default=lambda self: str(uuid.uuid4()),
        groups="solidarity_hub.group_hub_coordinator",
    )
    holder_token = fields.Char(
        default=lambda self: str(uuid.uuid4()),
        copy=False,
        readonly=True,
        groups="solidarity_hub.group_hub_coordinator",
    )
    volunteer_url = fields.Char(
        string="Link for the volunteer",
        compute="_compute_urls",
        groups="solidarity_hub.group_hub_coordinator",
        help="To copy into a text message; it opens without a password.",
    )
    holder_url = fields.Char(
        string="Link for the holder",
        compute="_compute_urls",
        groups="solidarity_hub.group_hub_coordinator",
        help="To copy into a text message; it opens without a password.",
    )

    @api.depends("lead_id.name", "volunteer_answer")
    def _compute_title(self):
        for pairing in self:
            lead = pairing.lead_id
            names = lead.hub_holder_ids.partner_id | lead.partner_id
            said_yes = pairing.volunteer_answer == "yes"
            if said_yes or not self._names_somebody(lead.name, names):
                pairing.title = lead.name
            else:
                pairing.title = lead.hub_activity_id.name or self.env._(
                    "A project of the hub"
                )

    @api.depends("title", "volunteer_id.display_name")
    @api.depends_context("hub_whole_title", "uid")
    def _compute_display_name(self):
        # The team may ask for the title as it knows it; others never get it.
        whole = self.env.context.get("hub_whole_title") and self.env.user.has_group(
            "solidarity_hub.group_hub_adviser"
        )
        for pairing in self:
            person = pairing.volunteer_id.display_name or ""
            title = pairing.lead_id.name if whole else pairing.title
            pairing.display_name = f"{person} / {title or ''}"

    @api.model
    def _names_somebody(self, text, partners):
        """Whether the text holds a first name or surname of one of these people."""
        words = set(re.findall(r"\w{3,}", remove_accents(text or "").lower()))
        names = remove_accents(" ".join(filter(None, partners.mapped("name")))).lower()
        return bool(words & set(re.findall(r"\w{3,}", names)))

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for pairing in self:
            pairing.access_url = f"/my/hub/pairing/{pairing.id}"
        return result

    @api.depends("access_token", "holder_token")
    def _compute_urls(self):
        for pairing in self:
            base = pairing.get_base_url() if pairing.id else ""
            path = f"{base}/my/hub/pairing/{pairing.id}"
            pairing.volunteer_url = f"{path}?access_token={pairing.access_token}"
            pairing.holder_url = f"{path}/holder?access_token={pairing.holder_token}"

    def _token_opens(self, side, token):
        """Whether this token is the one of this side (``volunteer`` or ``holder``)."""
        name = "access_token" if side == "volunteer" else "holder_token"
        return any(key_opens(pairing[name], token) for pairing in self.sudo())

    def _portal_project(self):
        """What may be told of the project to somebody who has not said yes yet."""
        self.ensure_one()
        lead = self.sudo().lead_id
        return {
            "title": self.title,
            "activity": lead.hub_activity_id.name or "",
            "commune": lead.hub_territory_id.name or "",
            "needs": lead.hub_skill_ids.skill_id.mapped("name"),
            "rhythm": self.rhythm or "",
        }

    def _portal_people(self):
        """Names and telephones around a project that is followed; nothing before."""
        self.ensure_one()
        pairing = self.sudo()
        if pairing.state not in FOLLOWED_STATES:
            return {"holders": [], "colleagues": []}
        others = pairing.lead_id.hub_pairing_ids.filtered(
            lambda other: other.state in FOLLOWED_STATES and other != pairing
        )
        contacts = self.env["hub.portal"]._contacts
        holders = pairing.lead_id.hub_holder_ids.partner_id | pairing.lead_id.partner_id
        return {
            "holders": contacts(holders),
            "colleagues": contacts(others.volunteer_id),
        }

    def _portal_is_open(self, side):
        """Whether this side is still awaited."""
        self.ensure_one()
        pairing = self.sudo()
        return (
            pairing.state in OPEN_STATES
            and pairing[f"{side}_answer"] == "waiting"
            and pairing._project_is_open()
            and (side == "volunteer" or pairing.volunteer_answer == "yes")
        )

    def _portal_others(self):
        """Other people about whom this holder is asked, with the link to each."""
        self.ensure_one()
        return [
            choice
            for choice in self._holder_choices()
            if choice["url"] != self.sudo().holder_url
        ]

    def _portal_person(self):
        """What the holder learns of the volunteer, once the volunteer said yes."""
        self.ensure_one()
        pairing = self.sudo()
        if pairing.volunteer_answer != "yes" or pairing.state not in FOLLOWED_STATES:
            return None
        contact = self.env["hub.portal"]._contacts(pairing.volunteer_id)[0]
        if pairing.state != "active":
            contact |= {"phone": "", "tel": ""}
        return dict(contact, occupation=pairing.volunteer_id.hub_occupation or "")

    def _portal_hub(self):
        """Whom to call at the hub."""
        self.ensure_one()
        return self.env["hub.portal"]._contacts(self.sudo().company_id.partner_id)[0]
