from odoo import api, fields, models
from odoo.fields import Domain

LATEST = 5


class HubBoardHome(models.TransientModel):
    """The page of a board member: what comes, what to vote on, what was decided.

    Everything is read through the rights of the person who looks.
    """

    _name = "hub.board.home"
    _description = "My meetings"

    seat_ids = fields.Many2many(
        "hub.presence", string="Meetings to come", compute="_compute_home"
    )
    next_meeting_id = fields.Many2one(
        "hub.meeting", string="Next meeting", compute="_compute_home"
    )
    next_words = fields.Char(compute="_compute_home")
    document_ids = fields.Many2many(
        "ir.attachment", string="Documents", compute="_compute_home"
    )
    proxy_ids = fields.Many2many(
        "hub.presence", string="Proxies I hold", compute="_compute_home"
    )
    resolution_ids = fields.Many2many(
        "hub.resolution", string="I vote on", compute="_compute_home"
    )
    decision_ids = fields.Many2many(
        "hub.resolution", string="Decided last time", compute="_compute_home"
    )
    minutes_ids = fields.Many2many(
        "hub.minutes", string="Approved minutes", compute="_compute_home"
    )

    @api.depends_context("uid")
    def _compute_display_name(self):
        for home in self:
            home.display_name = self.env._("My meetings")

    @api.depends_context("uid")
    def _compute_home(self):
        partner = self.env.user.partner_id
        seats = self.env["hub.presence"].search(
            self.env["hub.presence"]._hub_domain_for(partner)
            & Domain("meeting_id.state", "=", "convened")
        )
        seats = seats.sorted(lambda line: line.meeting_id.date)
        meeting = seats[:1].meeting_id
        for home in self:
            home.seat_ids = seats
            home.next_meeting_id = meeting
            home.next_words = meeting._print_when() if meeting else ""
            home.document_ids = meeting.document_ids
            home.proxy_ids = seats.proxy_from_ids
            home.resolution_ids = self._called(partner)
            home.decision_ids = self._decided(partner)
            home.minutes_ids = self._approved(partner)

    def _called(self, partner):
        resolutions = self.env["hub.resolution"]
        return resolutions.search(
            resolutions._domain_called(partner),
            order="meeting_date, meeting_id, sequence, id",
        )

    def _decided(self, partner):
        """What the last meeting of each body of this person decided."""
        meetings = self.env["hub.meeting"]
        held = meetings.search(
            meetings._hub_domain_for(partner)
            & Domain("state", "in", ("held", "minuted")),
            order="date desc",
        )
        last = [group[:1].id for group in held.grouped("body_id").values()]
        return self.env["hub.resolution"].search(
            [("meeting_id", "in", last), ("state", "=", "closed")]
        )

    def _approved(self, partner):
        minutes = self.env["hub.minutes"]
        return minutes.search(
            minutes._hub_domain_for(partner) & Domain("state", "=", "approved"),
            limit=LATEST,
        )

    @api.model
    def action_open(self):
        """The page of whoever asks for it."""
        home = self.create({})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("My meetings"),
            "res_model": self._name,
            "res_id": home.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "main",
        }

    def action_figures(self):
        """The figures of the hub."""
        return self.env["ir.actions.actions"]._for_xml_id(
            "solidarity_hub.hub_overview_action"
        )
