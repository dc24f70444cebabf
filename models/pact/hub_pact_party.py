from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

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
    "signed_by",
    "signed_hash",
    "signature",
    "scan",
    "voided_signature",
}
EMPTY = (False, None, "waiting")
# What the team does about a party; the text does not speak of it.
FOLLOWED_FIELDS = {
    "asked_on",
    "asked_hash",
    "reminders",
    "reminded_on",
    "to_call",
    "activity_id",
    "access_token",
}


class HubPactParty(models.Model):
    """Whoever signs a pact: a person, or an organisation with its representative."""

    _name = "hub.pact.party"
    _description = "Party to a pact"
    _inherit = [
        "hub.frozen.mixin",
        "hub.pact.line.mixin",
        "hub.answer.mixin",
        "hub.reminder.mixin",
        "portal.mixin",
    ]
    _rec_name = "partner_id"
    _kept_files = frozenset({"signature", "scan", "frozen_pdf_id"})
    _guarded_fields = frozenset(
        {"text_name", "joined_on", "replaces_id", "left_on", "left_reason"}
        | {"answer", "answered_on", "answer_channel", "recorded_by_id"}
        | FOLLOWED_FIELDS
    )
    _frozen_open_fields = frozenset(
        SIGNATURE_FIELDS
        | FOLLOWED_FIELDS
        | {"answer_reason", "left_on", "left_reason", "scan_name", "contact_id"}
        | {"text_name", "frozen_on", "frozen_json", "frozen_hash", "frozen_pdf_id"}
    )

    partner_id = fields.Many2one(
        "res.partner",
        string="Name",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    contact_id = fields.Many2one(
        "res.partner",
        string="Write to",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        help="Who receives the link for an organisation; else the organisation itself.",
    )
    category = fields.Selection(CATEGORIES, required=True)
    is_organisation = fields.Boolean(
        string="Organisation", related="partner_id.is_company"
    )
    representative = fields.Char(
        string="Represented by", help="Name of the person who signs for it."
    )
    representative_role = fields.Char(
        string="Acting as", help="In which capacity: president, mayor, manager..."
    )
    text_name = fields.Char(
        string="Named in the signed text",
        copy=False,
        readonly=True,
        help="The name as it was signed; it stays when the contact is renamed, merged"
        " or made anonymous.",
    )
    joined_on = fields.Date(
        copy=False,
        readonly=True,
        help="Joins a text that others have signed, by a joining slip signed alone.",
    )
    replaces_id = fields.Many2one(
        "hub.pact.party",
        string="In the place of",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    replaced_by_ids = fields.One2many(
        "hub.pact.party", "replaces_id", string="Replaced by"
    )
    joining_commitment = fields.Text(
        string="What the newcomer brings",
        copy=False,
        help="Printed on the joining slip, beside the commitments taken over.",
    )
    left_on = fields.Date(copy=False, readonly=True)
    left_reason = fields.Text(string="Why it left", copy=False, readonly=True)
    pact_state = fields.Selection(related="pact_id.state", string="State of the pact")

    @api.constrains("pact_id", "partner_id")
    def _check_partner_once(self):
        for party in self:
            others = (party.pact_id._present_parties() - party).filtered(
                lambda other, one=party: other.partner_id == one.partner_id
            )
            if others and party in party.pact_id._present_parties():
                raise ValidationError(
                    self.env._(
                        "%(name)s is already a party to %(pact)s.",
                        name=party._name_in_text(),
                        pact=party.pact_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_signature_guard(vals)
        if not self._guard_is_open():
            self._check_guarded_create(vals_list)
        joining = [self._with_joining_day(vals) for vals in vals_list]
        parties = super(HubPactParty, self._unguarded()).create(joining)
        return parties.with_env(self.env)

    def _with_joining_day(self, vals):
        """Whoever comes when others have signed joins by a slip of his own."""
        pact = self.env["hub.pact"].browse(vals.get("pact_id"))
        replaces = vals.get("replaces_id") and pact.frozen_on
        if pact.state == "in_force" or replaces:
            return dict(vals, joined_on=fields.Date.context_today(self))
        return dict(vals, joined_on=False)

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

    def _signing(self):
        return self.with_context(hub_signing=SIGNING)

    def _check_parent_is_open(self):
        # A newcomer joins a text that others have signed; they do not sign again.
        settled = self.filtered(lambda party: not party._joins_now())
        return super(HubPactParty, settled)._check_parent_is_open()

    def _joins_now(self):
        """Whether the slip of this newcomer is still to be signed."""
        pact = self.pact_id
        if not self.joined_on or self.frozen_on:
            return False
        former = self.replaces_id
        takes_place = former.pact_id == pact and former.answer == "no"
        return pact.state == "in_force" or (pact.state == "to_sign" and takes_place)

    def _check_of_pact(self, pact):
        """A request may name any party: only those of this pact are meant."""
        for party in self.filtered(lambda one: one.pact_id != pact):
            raise ValidationError(
                self.env._(
                    "%(name)s is not a party to %(pact)s.",
                    name=party.sudo()._name_in_text(),
                    pact=pact.display_name,
                )
            )

    def _is_there_on(self, day):
        """Whether the party has not left on a date."""
        self.ensure_one()
        return not self.left_on or self.left_on > day

    def _is_bound(self, day):
        """Whether the party had signed by that day, and neither it nor the text had
        gone."""
        self.ensure_one()
        closed = self.pact_id.closed_on
        return bool(
            self.signed_on
            and self.signed_on <= day
            and self._is_there_on(day)
            and not (closed and closed <= day)
            and self.pact_id.state != "cancelled"
        )

    def _name_in_text(self):
        self.ensure_one()
        return self.text_name or self.partner_id.sudo().name or ""

    def _by_category(self):
        """``[(label, parties)]`` in the order of the categories, for print."""
        labels = dict(self._fields["category"]._description_selection(self.env))
        found = self.grouped("category")
        return [
            (labels[code], found[code]) for code, _label in CATEGORIES if code in found
        ]

    def _frozen_values(self):
        """What the text says of the party."""
        partner = self.partner_id
        town = [partner.zip, partner.city] if partner.is_company else []
        return {
            "name": partner.name or "",
            "category": self.category,
            "representative": self.representative or "",
            "capacity": self.representative_role or "",
            # the town of an organisation; where a person lives is not printed
            "town": " ".join(filter(None, town)),
        }

    @api.model
    def _hub_domain_for(self, partner):
        """The places where this person signs, also for an organisation."""
        return Domain("partner_id", "=", partner.id) | Domain(
            "contact_id", "=", partner.id
        )
