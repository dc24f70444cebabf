from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import plaintext2html

TITLE = 120


class HubReviewPoint(models.Model):
    """A proposal put to the vote: a resolution on the agenda of a meeting, in the words
    of the proposal. What is decided there is told beside the proposal."""

    _name = "hub.review.point"
    _inherit = ["hub.review.point", "hub.decided.mixin"]

    meeting_id = fields.Many2one(
        "hub.meeting",
        string="At which meeting",
        ondelete="set null",
        check_company=True,
        domain="[('state', '=', 'planned'), ('company_id', '=', company_id)]",
        help="Where the proposal is put to the vote. Empty: the next meeting that is"
        " being prepared.",
    )
    next_meeting = fields.Char(compute="_compute_next_meeting")
    resolution_id = fields.Many2one(readonly=True, copy=True)
    outcome = fields.Char(
        string="The vote", compute="_compute_outcome", compute_sudo=True
    )
    becomes = fields.Text(
        string="Where it stands", compute="_compute_becomes", compute_sudo=True
    )

    @api.depends("kind", "follow_up", "responsible_id", "deadline", "outcome")
    @api.depends_context("lang")
    def _compute_becomes(self):
        for point in self:
            point.becomes = point._print_follow_up()

    @api.depends("kind", "follow_up", "company_id")
    def _compute_next_meeting(self):
        """Said in the empty field before anything is chosen."""
        for hub, points in self.grouped("company_id").items():
            points.next_meeting = self._meeting_to_come(hub).display_name

    @api.depends("resolution_id.state", "resolution_id.result")
    @api.depends_context("lang")
    def _compute_outcome(self):
        for point in self:
            resolution = point.resolution_id
            point.outcome = resolution._told_to_proposal() if resolution else False

    @api.depends("resolution_id.state")
    def _compute_progress(self):
        result = super()._compute_progress()
        for point in self.filtered("resolution_id"):
            if point.resolution_id.state == "closed":
                point.progress = "done"
            elif point.progress == "done":
                point.progress = "waiting"
        return result

    @api.model
    def _meeting_to_come(self, hub):
        """The next meeting of a body of the hub whose agenda is still open."""
        return self.env["hub.meeting"].search(
            Domain("company_id", "=", hub.id)
            & Domain("state", "=", "planned")
            & Domain("date", ">=", fields.Datetime.now()),
            order="date, id",
            limit=1,
        )

    def action_put_to_vote(self):
        """The proposal becomes a resolution on the agenda of the chosen meeting, or of
        the next one. Where no meeting is prepared yet, whoever sees to it is told."""
        self.check_access("write")
        for point in self:
            waits = point.follow_up == "vote" and not point.resolution_id
            if not waits:
                point._check_can_follow()
            meeting = point.meeting_id or point._meeting_to_come(point.company_id)
            if meeting:
                point._put_on_agenda(meeting)
            elif waits:
                point._raise_no_meeting()
            else:
                point._follow("vote", point.responsible_id or self.env.user)

    def action_open_resolution(self):
        """The resolution with its votes."""
        self.ensure_one()
        return self.resolution_id._get_records_action()

    def action_reopen(self):
        for point in self.filtered("resolution_id"):
            point._take_off_agenda()
        return super().action_reopen()

    def _print_follow_up(self):
        """“Adopted on 3 March 2026”, once it stands on an agenda."""
        return self.outcome or super()._print_follow_up()

    def _put_on_agenda(self, meeting):
        self.ensure_one()
        if meeting.state != "planned":
            raise UserError(
                self.env._(
                    "The agenda of %(meeting)s is closed: choose a meeting that is"
                    " being prepared.",
                    meeting=meeting.display_name,
                )
            )
        words = self._words_for(meeting)
        item = self.env["hub.agenda.item"].create(
            {
                "meeting_id": meeting.id,
                "sequence": max(meeting.agenda_item_ids.mapped("sequence") or [0]) + 1,
                "name": self._title(),
                "kind": "decision",
                "description": words,
            }
        )
        resolution = self.env["hub.resolution"].create(
            {
                "agenda_item_id": item.id,
                "name": item.name,
                "text": words,
                "owner_id": self.responsible_id.id,
                "due_on": self.deadline,
            }
        )
        self.activity_id.sudo().filtered("active").action_feedback()
        self._unguarded().write(
            {
                "follow_up": "vote",
                "meeting_id": meeting.id,
                "resolution_id": resolution.id,
            }
        )

    def _take_off_agenda(self):
        """Before the convocation nothing is left of it; afterwards the resolution is
        withdrawn, for all to see."""
        self.ensure_one()
        resolution = self.resolution_id
        item = resolution.agenda_item_id
        resolution._check_not_voted()
        self._unguarded().resolution_id = False
        if resolution.meeting_id.state != "planned":
            resolution.filtered(lambda r: r.state == "draft").action_withdraw()
            return
        resolution.unlink()
        if not item.resolution_ids and not item.notes:
            item.unlink()

    def _title(self):
        """The first words of the proposal."""
        line = self.text.strip().splitlines()[0]
        if len(line) <= TITLE:
            return line
        return line[:TITLE].rsplit(" ", 1)[0] + "…"

    def _words_for(self, meeting):
        """The whole proposal, and where it comes from, in the language of the
        meeting."""
        told = self.with_context(lang=meeting.lang)
        source = told.review_id.display_name
        if told.college_id:
            source = told.env._(
                "%(review)s, said by: %(college)s",
                review=source,
                college=told.college_id.name,
            )
        return plaintext2html(self.text) + Markup("<p><em>%s</em></p>") % source

    def _raise_no_meeting(self):
        raise UserError(
            self.env._(
                "“%(text)s”: no meeting is being prepared. Plan the next meeting of the"
                " body that decides, then put the proposal to the vote.",
                text=self.text,
            )
        )
