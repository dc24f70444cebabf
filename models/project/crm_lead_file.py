from odoo import api, fields, models
from odoo.exceptions import ValidationError

# A Python object cannot be sent by RPC: only this area opens the guard.
SETTLING = object()

PROJECT_KINDS = [
    ("individual", "Personal project"),
    ("collective", "Collective project"),
]


class CrmLead(models.Model):
    """The file of a project: its holders, what it needs, what it stands for."""

    _inherit = "crm.lead"

    # Reception
    hub_reception_date = fields.Date(string="Received on", index="btree_not_null")
    hub_prescriber_id = fields.Many2one(
        "res.partner",
        string="Sent by",
        index="btree_not_null",
        check_company=True,
        help="Person or organisation that told the holder about the hub.",
    )
    hub_place = fields.Char(
        string="Place of the first contact",
        help="Existing place where the person was met: town hall, neighbourhood house,"
        " workshop...",
    )
    hub_public = fields.Selection(
        [
            ("jobseekers", "People looking for work"),
            ("students", "Students finishing their studies"),
            ("groups", "Groups"),
            ("associations", "Associations"),
            ("other", "Other"),
        ],
        string="Public",
    )

    # The project
    hub_kind = fields.Selection(
        PROJECT_KINDS,
        string="Kind of project",
    )
    hub_entry = fields.Selection(
        [
            ("creation", "Creation"),
            ("existing_activity", "Activity already running"),
            ("dla", "Local support scheme (DLA)"),
        ],
        string="Entry",
    )
    hub_activity_id = fields.Many2one(
        "hub.activity", string="Kind of activity", index="btree_not_null"
    )
    hub_territory_id = fields.Many2one(
        "hub.territory", string="Territory", index="btree_not_null"
    )
    hub_need_id = fields.Many2one(
        "hub.need",
        string="Need it answers",
        index="btree_not_null",
        check_company=True,
    )
    hub_programme_ids = fields.Many2many(
        "hub.programme", string="Programmes", check_company=True, copy=False
    )
    hub_summary = fields.Text(
        string="Summary to share",
        help="The only text about the project that the board, the committee and"
        " funders read: write it with the holder.",
    )
    hub_summary_agreed_on = fields.Date(
        string="Agreed by the holder on",
        copy=False,
        help="Emptied when the summary changes.",
    )

    # Its lines
    hub_holder_ids = fields.One2many(
        "hub.project.holder", "lead_id", string="Project holders"
    )
    hub_holder_partner_ids = fields.Many2many(
        "res.partner",
        string="People who carry it",
        compute="_compute_hub_holder_partner_ids",
    )
    hub_skill_ids = fields.One2many(
        "hub.project.skill", "lead_id", string="Needed skills in detail"
    )
    hub_skill_tag_ids = fields.Many2many(
        "hub.skill",
        string="Needed skills",
        compute="_compute_hub_skill_tag_ids",
        inverse="_inverse_hub_skill_tag_ids",
        search="_search_hub_skill_tag_ids",
    )
    hub_action_ids = fields.One2many("hub.project.action", "lead_id", string="Road map")
    hub_criterion_ids = fields.One2many(
        "hub.project.criterion", "lead_id", string="Criteria"
    )
    hub_opinion_ids = fields.One2many(
        "hub.opinion", "lead_id", string="Opinions of institutions"
    )

    @api.depends("hub_holder_ids.partner_id")
    def _compute_hub_holder_partner_ids(self):
        for lead in self:
            lead.hub_holder_partner_ids = lead.hub_holder_ids.partner_id

    @api.depends("hub_skill_ids.skill_id")
    def _compute_hub_skill_tag_ids(self):
        for lead in self:
            lead.hub_skill_tag_ids = lead.hub_skill_ids.skill_id

    def _inverse_hub_skill_tag_ids(self):
        for lead in self:
            lines = lead.hub_skill_ids
            dropped = lines.filtered(
                lambda line, lead=lead: line.skill_id not in lead.hub_skill_tag_ids
            )
            added = lead.hub_skill_tag_ids - lines.skill_id
            dropped.unlink()
            self.env["hub.project.skill"].create(
                [{"lead_id": lead.id, "skill_id": skill.id} for skill in added]
            )

    def _search_hub_skill_tag_ids(self, operator, value):
        return [("hub_skill_ids.skill_id", operator, value)]

    # ------------------------------------------------------------
    # Holders
    # ------------------------------------------------------------

    @api.constrains("stage_id", "hub_holder_ids")
    def _check_holder_past_reception(self):
        """Past reception somebody carries the project; a reception may be anonymous."""
        for project in self.filtered("is_hub_project"):
            if project.hub_phase != "reception" and not project.hub_holder_ids:
                raise ValidationError(
                    self.env._(
                        "“%(project)s” has no holder yet, so it stays in reception."
                        " Name the person or organisation that carries it, then move"
                        " it on.",
                        project=project.name,
                    )
                )

    def _hub_settle_contact(self, wanted=None):
        """Keep exactly one contact among the holders, and the project's contact equal.

        :param wanted: the holder line that shall be the contact, if one was chosen
        """
        self.ensure_one()
        if self.env.context.get("hub_settling") is SETTLING:
            return
        project = self.with_context(hub_settling=SETTLING)
        holders = project.hub_holder_ids
        contact = (
            (wanted and wanted.with_env(project.env))
            or holders.filtered("is_contact")[:1]
            or holders.filtered(lambda line: line.partner_id == project.partner_id)
            or holders[:1]
        )
        (holders - contact).filtered("is_contact").is_contact = False
        contact.filtered(lambda line: not line.is_contact).is_contact = True
        partner = contact.partner_id
        if project.partner_id != partner:
            project.write(project._hub_contact_vals(partner))

    def _hub_after_holder_left(self):
        """Somebody else is the contact now; past reception somebody has to be."""
        for project in self:
            project._hub_settle_contact()
            project._check_holder_past_reception()

    def _hub_contact_vals(self, partner):
        """The details of a former contact never stay on the project."""
        return {
            "partner_id": partner.id,
            "email_from": partner.email,
            "phone": partner.phone,
            "contact_name": False if partner.is_company else partner.name,
        }

    def _hub_follow_contact(self):
        """Make the contact that was written on the project its holder."""
        self.ensure_one()
        if self.env.context.get("hub_settling") is SETTLING:
            return
        partner = self.partner_id
        holder = self.hub_holder_ids.filtered(lambda line: line.partner_id == partner)
        if holder:
            self._hub_settle_contact(holder[:1])
        elif partner:
            self.env["hub.project.holder"].create(
                {"lead_id": self.id, "partner_id": partner.id, "is_contact": True}
            )
        elif self.hub_holder_ids:
            self._hub_settle_contact()
