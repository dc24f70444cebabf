import logging

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

_logger = logging.getLogger(__name__)


class HubMeeting(models.Model):
    """Convening: rules and members are copied, then everybody is written to."""

    _inherit = "hub.meeting"

    convened_on = fields.Date(
        string="Convened on", copy=False, readonly=True, tracking=True
    )
    notice_warning = fields.Char(
        string="To be explained", compute="_compute_notice_warning"
    )
    notice_reason = fields.Char(
        string="Reason",
        copy=False,
        tracking=True,
        help="Why it is convened late, or without an agenda. Printed in the minutes.",
    )
    convocation_file = fields.Binary(
        string="Convocation", attachment=True, copy=False, readonly=True
    )
    convocation_name = fields.Char(compute="_compute_convocation_name")

    @api.depends("date", "agenda_item_ids", "state", "body_id.notice_days")
    @api.depends_context("lang")
    def _compute_notice_warning(self):
        for meeting in self:
            planned = meeting.state == "planned" and meeting.date
            said = meeting._notice_words() if planned else []
            meeting.notice_warning = " ".join(said)

    def _notice_words(self):
        """What the statutes ask for and is not there."""
        said = []
        needed = self.body_id.notice_days
        days = (self._day() - fields.Date.context_today(self)).days
        if 0 <= days < needed:
            said.append(
                self.env._(
                    "Short notice: %(days)s days instead of %(needed)s.",
                    days=days,
                    needed=needed,
                )
            )
        if not self.agenda_item_ids:
            said.append(self.env._("There is no agenda yet."))
        return said

    @api.depends("name")
    def _compute_convocation_name(self):
        for meeting in self:
            meeting.convocation_name = meeting._file_name(
                self.env._("Convocation"), "pdf"
            )

    def _file_name(self, kind, ending):
        """Name of a file that people keep."""
        self.ensure_one()
        day = fields.Date.to_string(self._day()) if self.date else ""
        name = " ".join(filter(None, [kind, self.name, day]))
        return f"{name}.{ending}".replace("/", "-")

    # ------------------------------------------------------------
    # Convening
    # ------------------------------------------------------------

    def action_convene(self):
        """Copy rules and members, and send the convocation to everybody."""
        self.check_access("write")
        self._convene()
        return self._send_convocations(self.presence_ids)

    def _convene(self):
        for meeting in self:
            meeting._check_may_convene()
            meeting._move("convened", convened_on=fields.Date.context_today(self))
            meeting._copy_rules()
            meeting._convene_members()
            meeting._keep_convocation()

    def _check_may_convene(self):
        self._check_transition("convened")
        if self.date < fields.Datetime.now():
            raise UserError(
                self.env._(
                    "%(meeting)s has already taken place: record it instead of"
                    " convening it.",
                    meeting=self.display_name,
                )
            )
        if self.notice_warning and not (self.notice_reason or "").strip():
            raise ValidationError(
                self.env._(
                    "%(meeting)s: %(warning)s Write down the reason to convene it all"
                    " the same.",
                    meeting=self.display_name,
                    warning=self.notice_warning,
                )
            )
        if not self.body_id._seats_on(self._day()).get(self.body_id):
            raise UserError(
                self.env._(
                    "Nobody sits in %(body)s on that day: add mandates first (or"
                    " roles, for an assembly of everybody).",
                    body=self.body_id.display_name,
                )
            )

    def _copy_rules(self):
        """The rules, colleges and weights of the body as they are today."""
        self.ensure_one()
        lines = self.body_id.college_ids
        vals = self.body_id._rule_values() | {
            "college_ids": [
                Command.clear(),
                *(
                    Command.create(
                        {
                            "college_id": line.college_id.id,
                            "sequence": number,
                            "name": line.college_id.with_context(lang=self.lang).name,
                            "weight": line.weight,
                            "seats": line.seats_max,
                        }
                    )
                    for number, line in enumerate(lines)
                ),
            ]
        }
        if self.first_call_id:
            vals |= {"quorum": False, "college_quorum": False}
        self._unguarded().write(vals)

    def _convene_members(self):
        """One line for each seat, with names as they are today."""
        self.ensure_one()
        seats = self.body_id._seats_on(self._day()).get(self.body_id, [])
        lines = self.env["hub.presence"]._unguarded()
        lines = lines.create([self._seat_values(seat) for seat in seats])
        if self.fee_required:
            self._refresh_fees()
        chair = lines.filtered(lambda line: line.office == "chair").partner_id[:1]
        secretary = lines.filtered(lambda line: line.office == "secretary").partner_id
        self.chair_id = self.chair_id or chair
        self.secretary_id = self.secretary_id or secretary[:1]

    def _seat_values(self, seat):
        mandate = seat.mandate
        return {
            "meeting_id": self.id,
            "partner_id": seat.partner.id,
            "college_id": seat.college.id,
            "mandate_id": mandate.id,
            "office": mandate.office or "member",
            "represented_name": mandate.represented_id.name,
            "substitute_id": mandate.substitute_id.id,
        }

    def _keep_convocation(self):
        """Keep the file as it is sent; a server that cannot print convenes all the
        same."""
        self.ensure_one()
        report = self.env.ref("solidarity_hub.report_convocation")
        try:
            content, _kind = (
                self.env["ir.actions.report"].sudo()._render_qweb_pdf(report, self.ids)
            )
        except UserError as error:
            _logger.info("%s convened without its file: %s", self.name, error)
            return
        # The bytes as they are, so that the file keeps its own fingerprint.
        self.env["ir.attachment"].sudo().create(
            {
                "name": self.convocation_name,
                "raw": content,
                "res_model": self._name,
                "res_id": self.id,
                "res_field": "convocation_file",
            }
        )
        self.invalidate_recordset(["convocation_file"])

    # ------------------------------------------------------------
    # Meetings of the past
    # ------------------------------------------------------------

    def action_record_past(self):
        """It has already taken place: note who was there and what was decided."""
        self.check_access("write")
        for meeting in self:
            meeting._check_transition("held")
            if meeting.date > fields.Datetime.now():
                raise UserError(
                    self.env._(
                        "%(meeting)s has not taken place yet: convene it.",
                        meeting=meeting.display_name,
                    )
                )
            meeting._copy_rules()
            meeting._convene_members()
            meeting.opened_at = meeting.opened_at or meeting.date
            meeting._move("held", recorded_afterwards=True)
