from odoo import fields, models


class HubProgramme(models.Model):
    """What a funder asks for: indicators, targets, reports and when they are due."""

    _name = "hub.programme"
    _inherit = ["hub.programme", "mail.thread", "mail.activity.mixin"]

    user_id = fields.Many2one(
        "res.users",
        string="Followed by",
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
        help="Who is reminded of the reports.",
    )
    indicator_ids = fields.Many2many(
        "hub.programme.indicator", string="Indicators of the funder"
    )
    target_ids = fields.One2many(
        "hub.programme.target", "programme_id", string="Targets"
    )
    report_ids = fields.One2many(
        "hub.programme.report", "programme_id", string="Reports"
    )
    remind_days = fields.Integer(
        string="Remind before (days)",
        default=21,
        help="How many days before a report is due whoever follows the programme is"
        " reminded. 0: never.",
    )
    next_report_on = fields.Date(
        string="Next report", compute="_compute_next_report_on"
    )
    people_count = fields.Integer(
        string="Counted", compute="_compute_people_count", compute_sudo=True
    )
    missing_count = fields.Integer(
        string="Situations to note",
        compute="_compute_people_count",
        compute_sudo=True,
        help="People whose situation at entry is not noted: no indicator tells of"
        " them.",
    )

    _remind_days = models.Constraint(
        "CHECK(remind_days >= 0)", "Days before a report are never negative."
    )

    def _compute_next_report_on(self):
        due = dict(
            self.env["hub.programme.report"]._read_group(
                [("programme_id", "in", self.ids), ("state", "!=", "sent")],
                ["programme_id"],
                ["due_on:min"],
            )
        )
        for programme in self:
            programme.next_report_on = due.get(programme._origin, False)

    def _compute_people_count(self):
        people = self._people_of_all()
        for programme in self:
            found = people.get(programme._origin.id, [])
            programme.people_count = len(found)
            programme.missing_count = len(
                [
                    p
                    for p in found
                    if not p.is_organisation and not p.situations["entry"]
                ]
            )

    def action_people(self):
        """Those who count, with what is missing to count them well."""
        self.ensure_one()
        people = self._people()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_programme_people_action"
        )
        return dict(
            action,
            name=self.env._("Counted: %(programme)s", programme=self.name),
            domain=[("id", "in", [person.holder_id for person in people])],
            path=False,
        )
