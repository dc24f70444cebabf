import base64

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...reports.print_words import long_date

CATEGORIES = [
    ("concerned", "Person concerned"),
    ("volunteer", "Volunteer"),
    ("hub", "Solidarity hub"),
    ("elected", "Elected representative"),
    ("institution", "Institution"),
    ("company", "Business"),
    ("association", "Association"),
    ("resource_person", "Resource person"),
]
# A Python object cannot be sent by RPC: only the methods below record a signature.
SIGNING = object()
SIGNATURE_FIELDS = {
    "answer",
    "answered_on",
    "answer_channel",
    "recorded_by_id",
    "signed_on",
    "signature",
    "scan",
    "voided_signature",
}
EMPTY = (False, None, "waiting")


class HubPactParty(models.Model):
    """Whoever signs a pact: a person, or an organisation with its representative."""

    _name = "hub.pact.party"
    _description = "Party to a pact"
    _inherit = ["hub.pact.line.mixin", "hub.answer.mixin", "portal.mixin"]
    _rec_name = "partner_id"
    _kept_files = frozenset({"signature", "scan"})
    _frozen_open_fields = frozenset(
        SIGNATURE_FIELDS | {"answer_reason", "left_on", "scan_name", "access_token"}
    )

    partner_id = fields.Many2one(
        "res.partner",
        string="Name",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    category = fields.Selection(CATEGORIES, required=True)
    representative = fields.Char(
        string="Represented by", help="Who signs for an organisation, and as what."
    )
    signed_on = fields.Date(copy=False, readonly=True)
    signature = fields.Image(
        copy=False, readonly=True, max_width=1024, max_height=1024, attachment=True
    )
    scan = fields.Binary(
        string="Scanned page", copy=False, readonly=True, attachment=True
    )
    access_token = fields.Char(groups="solidarity_hub.group_hub_adviser")
    scan_name = fields.Char(string="Name of the scan", copy=False)
    voided_signature = fields.Text(
        string="Signatures voided",
        copy=False,
        readonly=True,
        help="Signed on an earlier text that was taken back.",
    )
    joined_on = fields.Date(
        copy=False,
        help="Joined a pact already in force, by a joining slip signed alone.",
    )
    left_on = fields.Date(copy=False)
    pact_state = fields.Selection(related="pact_id.state", string="State of the pact")

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for party in self:
            party.access_url = f"/my/hub/pact/{party.id}"
        return result

    @api.constrains("pact_id", "partner_id")
    def _check_partner_once(self):
        for party in self:
            others = (party.pact_id.party_ids - party).filtered(
                lambda other, one=party: (
                    other.partner_id == one.partner_id and not other.left_on
                )
            )
            if others:
                raise ValidationError(
                    self.env._(
                        "%(name)s is already a party to %(pact)s.",
                        name=party.partner_id.display_name,
                        pact=party.pact_id.display_name,
                    )
                )

    @api.constrains("joined_on", "left_on")
    def _check_dates(self):
        for party in self:
            begin = party.joined_on or party.signed_on
            if party.left_on and begin and party.left_on < begin:
                raise ValidationError(
                    self.env._(
                        "%(name)s cannot leave before joining.",
                        name=party.partner_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_signature_guard(vals)
            pact = self.env["hub.pact"].browse(vals.get("pact_id"))
            if pact.state == "in_force" and not vals.get("joined_on"):
                vals["joined_on"] = fields.Date.context_today(self)
        return super().create(vals_list)

    def write(self, vals):
        self._check_signature_guard(vals)
        return super().write(vals)

    def _check_signature_guard(self, vals):
        if self.env.context.get("hub_signing") is SIGNING:
            return
        touched = SIGNATURE_FIELDS & set(vals)
        if not self:
            # forms send all fields of a new line, those left empty too
            touched = {name for name in touched if vals[name] not in EMPTY}
        if touched:
            raise UserError(
                self.env._(
                    "A signature is not typed in: use “Record signatures” on the pact,"
                    " or the personal link of the party."
                )
            )

    def _check_parent_is_open(self):
        # A newcomer joins a pact in force without the others signing again.
        settled = self.filtered(lambda party: not party._joins_now())
        return super(HubPactParty, settled)._check_parent_is_open()

    def _joins_now(self):
        return (
            self.pact_id.state == "in_force" and self.joined_on and not self.signed_on
        )

    def _by_category(self):
        """``[(label, parties)]`` in the order of the categories, for print."""
        labels = dict(self._fields["category"]._description_selection(self.env))
        found = self.grouped("category")
        return [
            (labels[code], found[code]) for code, _label in CATEGORIES if code in found
        ]

    def _signing(self):
        return self.with_context(hub_signing=SIGNING)

    def _sign(self, signed_on, channel, signature=None, scan=None, scan_name=None):
        """Record the signature of each party; the first one freezes the text.

        :param channel: ``portal``, ``in_person`` or ``paper``
        """
        today = fields.Date.context_today(self)
        if signed_on > today:
            raise UserError(self.env._("A signature cannot be dated in the future."))
        for party in self:
            party._check_can_sign()
        pacts = self.pact_id
        pacts.filtered(lambda pact: not pact.frozen_on)._freeze_text()
        self._signing()._record_answer("yes", channel)
        self._signing().write(
            {
                "signed_on": signed_on,
                "signature": signature,
                "scan": scan,
                "scan_name": scan_name,
            }
        )
        pacts._after_signature(self)

    def _check_can_sign(self):
        if self.pact_id.state not in ("to_sign", "in_force"):
            raise UserError(
                self.env._(
                    "%(pact)s is not open to signature: send it to signature first.",
                    pact=self.pact_id.display_name,
                )
            )
        if self.left_on:
            raise UserError(
                self.env._(
                    "%(name)s has left %(pact)s.",
                    name=self.partner_id.display_name,
                    pact=self.pact_id.display_name,
                )
            )

    def _decline(self, channel, reason=None):
        """Record that the party will not sign."""
        self._signing()._record_answer("no", channel, reason)

    def _void_signature(self, reason):
        """The text was taken back: what was signed no longer counts, and is shown."""
        for party in self.filtered(lambda p: p.answer != "waiting"):
            mark = self.env._(
                "Version %(version)s signed on %(date)s, voided on %(today)s:"
                " %(reason)s",
                version=party.pact_id.version,
                date=fields.Date.to_string(party.signed_on) or "-",
                today=fields.Date.to_string(fields.Date.context_today(self)),
                reason=reason,
            )
            party._signing()._reset_answer()
            party._signing().write(
                {
                    "signed_on": False,
                    "signature": False,
                    "scan": False,
                    "voided_signature": "\n".join(
                        filter(None, [party.voided_signature, mark])
                    ),
                }
            )

    def _scan_file(self):
        """``(name, bytes)`` of the scanned page."""
        self.ensure_one()
        content = base64.b64decode(self.with_context(bin_size=False).scan)
        return self.scan_name or f"{self.partner_id.display_name}.pdf", content

    def _print_role(self):
        """Kind of party and representative, in a signature box."""
        self.ensure_one()
        kind = dict(self._fields["category"]._description_selection(self.env))
        label = kind[self.category]
        if not self.representative:
            return label
        return self.env._(
            "%(kind)s, represented by %(name)s", kind=label, name=self.representative
        )

    def _print_signed(self):
        """When and how the party signed."""
        self.ensure_one()
        how = dict(self._fields["answer_channel"]._description_selection(self.env))
        return self.env._(
            "Signed on %(date)s (%(how)s)",
            date=long_date(self.env, self.signed_on),
            how=how[self.answer_channel].lower(),
        )

    def _print_joined(self):
        self.ensure_one()
        day = long_date(self.env, self.joined_on)
        return day and self.env._("joined on %(date)s", date=day)

    def _print_address(self):
        """Town of an organisation; a person's address is not printed."""
        self.ensure_one()
        partner = self.partner_id.sudo()
        if not partner.is_company:
            return ""
        return " ".join(filter(None, [partner.zip, partner.city]))

    def _frozen_values(self):
        return {
            "name": self.partner_id.display_name,
            "category": self.category,
            "representative": self.representative or "",
        }

    @api.model
    def _hub_domain_for(self, partner):
        """The places where this person signs."""
        return Domain("partner_id", "=", partner.id)
