from odoo import api, fields, models
from odoo.exceptions import ValidationError

ATTENDANCES = [
    ("expected", "Expected"),
    ("present", "Present"),
    ("absent", "Absent"),
    ("excused", "Excused"),
]
# What the registration desk of Odoo knows of it; present <=> done, both ways.
STATES = {
    "expected": ("open", "draft"),
    "present": ("done",),
    "absent": ("open", "cancel"),
    "excused": ("cancel",),
}


class EventRegistration(models.Model):
    """Who was expected at a collective moment, and who came."""

    _inherit = "event.registration"

    hub_partner_id = fields.Many2one(
        "res.partner",
        string="Person who attends",
        index="btree_not_null",
        help="When somebody else booked the place.",
    )
    hub_attendance = fields.Selection(
        ATTENDANCES,
        string="Attendance",
        compute="_compute_hub_attendance",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
    )
    hub_format = fields.Selection(
        related="event_id.hub_format",
        store=True,
        precompute=True,
        index="btree_not_null",
    )
    hub_lead_id = fields.Many2one(
        "crm.lead",
        string="Project",
        domain="[('is_hub_project', '=', True)]",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        groups="solidarity_hub.group_hub_adviser",
        help="For which project; filled in where the person has only one.",
    )

    @api.depends("state")
    def _compute_hub_attendance(self):
        answers = {"done": "present", "cancel": "excused"}
        for registration in self:
            known, state = registration.hub_attendance, registration.state
            if state == "done" or known != "absent":
                registration.hub_attendance = answers.get(state, "expected")

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._hub_with_name(self._hub_with_state(v)) for v in vals_list]
        registrations = super().create(vals_list)
        moments = registrations.filtered("hub_format")
        if moments:
            moments._hub_find_leads()
        registrations._hub_note_training()
        return registrations

    def write(self, vals):
        vals = self._hub_with_state(vals)
        result = super().write(vals)
        if {"active", "state", "hub_partner_id", "partner_id"} & set(vals):
            self._hub_note_training()
        return result

    @api.model
    def _hub_with_state(self, vals):
        """What is said on the sheet is said to the registration desk as well."""
        attendance = vals.get("hub_attendance")
        if not attendance:
            return {k: v for k, v in vals.items() if k != "hub_attendance"}
        states = STATES.get(attendance, ("open",))
        if vals.get("state", states[0]) not in states:
            raise ValidationError(
                self.env._(
                    "The sheet and the registration desk contradict each other"
                    " (present goes with attended, excused with cancelled): give one"
                    " of the two, the other follows."
                )
            )
        return {"state": states[0], **vals}

    @api.model
    def _hub_with_name(self, vals):
        """A place without a name carries that of who attends, not of who booked."""
        if vals.get("name") or not vals.get("hub_partner_id"):
            return vals
        person = self.env["res.partner"].browse(vals["hub_partner_id"])
        return {**vals, "name": person.name}

    def _hub_find_leads(self):
        """The project for which somebody comes, where there is no doubt."""
        registrations = self.sudo().filtered(lambda place: not place.hub_lead_id)
        people = registrations._hub_attendees()
        leads = self.env["crm.lead"].sudo()
        found = leads.search(
            [
                ("is_hub_project", "=", True),
                ("hub_holder_ids.partner_id", "in", people.ids),
                ("stage_id.hub_phase", "!=", "closed"),
            ]
        )
        for place in registrations:
            mine = found.filtered(
                lambda lead, place=place: (
                    place._hub_attendee() in lead.hub_holder_ids.partner_id
                    and place.event_id.company_id in (lead.company_id, leads.company_id)
                )
            )
            if len(mine) == 1:
                place.hub_lead_id = mine

    def _hub_attendee(self):
        self.ensure_one()
        return self.hub_partner_id or self.partner_id

    def _hub_attendees(self):
        return self.env["res.partner"].union(*(place._hub_attendee() for place in self))

    def action_hub_present(self):
        """One tap: the person came."""
        self.write({"hub_attendance": "present"})

    def action_hub_absent(self):
        """One tap: the person did not come and said nothing."""
        self.write({"hub_attendance": "absent"})

    def action_hub_excused(self):
        """One tap: the person said that it was not possible."""
        self.write({"hub_attendance": "excused"})
