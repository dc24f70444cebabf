from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import is_html_empty


class HubMinutes(models.Model):
    """The minutes of a meeting: drafted from the records, edited, approved at the next
    meeting, and from then on the same for good."""

    _name = "hub.minutes"
    _description = "Minutes of a meeting"
    _inherit = [
        "hub.guard.mixin",
        "hub.frozen.mixin",
        "hub.team.thread.mixin",
        "mail.activity.mixin",
    ]
    _order = "meeting_date desc, id desc"
    _rec_names_search = ["number", "meeting_id"]
    _check_company_auto = True
    _guarded_fields = frozenset(
        {
            "number",
            "state",
            "body_id",
            "meeting_date",
            "approved_on",
            "approved_meeting_id",
            "approving_resolution_id",
        }
    )
    _kept_files = frozenset({"frozen_pdf_id", "signed_scan"})

    meeting_id = fields.Many2one(
        "hub.meeting",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('state', '=', 'held'), ('minutes_ids', '=', False)]",
    )
    company_id = fields.Many2one(
        related="meeting_id.company_id", store=True, precompute=True, index=True
    )
    body_id = fields.Many2one(
        related="meeting_id.body_id", store=True, precompute=True, index=True
    )
    meeting_date = fields.Datetime(
        related="meeting_id.date", string="Date", store=True, precompute=True
    )
    number = fields.Char(readonly=True, copy=False, index="trigram")
    body = fields.Html(string="Text", copy=False)
    state = fields.Selection(
        [("draft", "Draft"), ("ready", "To approve"), ("approved", "Approved")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
    )
    approved_on = fields.Date(
        string="Approved on", readonly=True, copy=False, tracking=True
    )
    approved_meeting_id = fields.Many2one(
        "hub.meeting",
        string="Approved at",
        readonly=True,
        copy=False,
        ondelete="restrict",
        check_company=True,
    )
    approving_resolution_id = fields.Many2one(
        "hub.resolution",
        string="Approved by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        check_company=True,
    )
    approval_note = fields.Char(
        string="Approval note",
        copy=False,
        help="How it was approved, where no meeting did: by all members in writing,"
        " for example.",
    )
    signed_on = fields.Date(
        string="Signed on", copy=False, help="By the chair and the secretary."
    )
    signed_scan = fields.Binary(
        string="Signed page", attachment=True, copy=False, help="Scanned."
    )
    signed_scan_name = fields.Char(copy=False)
    document_url = fields.Char(compute="_compute_document_url")

    _meeting_uniq = models.UniqueIndex(
        "(meeting_id)", "The minutes of this meeting are already there."
    )

    @api.depends("number", "meeting_id.display_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for minutes in self:
            minutes.display_name = " ".join(
                filter(None, [minutes.number, minutes.meeting_id.display_name])
            )

    @api.depends("frozen_pdf_id", "signed_scan")
    def _compute_document_url(self):
        for minutes in self:
            if minutes.signed_scan:
                minutes.document_url = (
                    f"/web/content/hub.minutes/{minutes.id}/signed_scan?download=true"
                )
            elif minutes.frozen_pdf_id:
                file = minutes.sudo().frozen_pdf_id
                minutes.document_url = f"/web/content/{file.id}?download=true"
            else:
                minutes.document_url = False

    @api.constrains("meeting_id")
    def _check_meeting(self):
        for minutes in self:
            if minutes.meeting_id.state not in ("held", "minuted"):
                raise ValidationError(
                    self.env._(
                        "%(meeting)s is not over yet: close it before writing its"
                        " minutes.",
                        meeting=minutes.meeting_id.display_name,
                    )
                )

    # ------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        found = super().create(vals_list)
        for minutes in found:
            day = {"ir_sequence_date": fields.Date.to_string(minutes.meeting_id._day())}
            company = minutes.company_id.with_context(**day)
            number = company._next_governance_number("hub.minutes")
            minutes._unguarded().number = number
            minutes.meeting_id._settle_attendance()
            if is_html_empty(minutes.body):
                minutes.body = minutes._draft()
        return found

    def write(self, vals):
        if self.env.su or "signed_scan" not in vals:
            return super().write(vals)
        self._check_scan()
        rest = {name: value for name, value in vals.items() if name != "signed_scan"}
        result = super().write(rest)
        # The file is kept from then on, see "ir.attachment".
        self.sudo().write({"signed_scan": vals["signed_scan"]})
        return result

    def _check_scan(self):
        self.check_access("write")
        for minutes in self:
            if minutes.signed_scan or minutes.state != "approved":
                raise UserError(
                    self.env._(
                        "%(minutes)s: the signed page is added once, after the"
                        " approval, and stays.",
                        minutes=minutes.display_name,
                    )
                )

    def action_draft_again(self):
        """Draft the text again from the records; what was written by hand is lost."""
        self.check_access("write")
        for minutes in self:
            minutes.body = minutes._draft()

    def action_ready(self):
        """The text is ready for approval."""
        self.check_access("write")
        for minutes in self.filtered(lambda one: one.state == "draft"):
            minutes._unguarded().state = "ready"

    def action_reopen(self):
        """Work on the text again."""
        self.check_access("write")
        for minutes in self.filtered(lambda one: one.state == "ready"):
            minutes._unguarded().state = "draft"

    def action_print(self):
        """Print the minutes: the file kept at the approval, or the draft."""
        self.ensure_one()
        if self.frozen_pdf_id:
            return {
                "type": "ir.actions.act_url",
                "url": f"/web/content/{self.sudo().frozen_pdf_id.id}?download=true",
                "target": "download",
            }
        return self.env.ref("solidarity_hub.report_minutes").report_action(self)

    @api.model
    def _hub_domain_for(self, partner):
        """Minutes of the meetings of this person."""
        meetings = self.env["hub.meeting"]._hub_domain_for(partner)
        return Domain("meeting_id", "any!", meetings)

    @api.model
    def _domain_of_convocations(self, partner):
        """Minutes of the meetings to which this person was convened."""
        meetings = self.env["hub.meeting"]._domain_convened(partner)
        return Domain("meeting_id", "any!", meetings)
