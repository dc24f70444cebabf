from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class HubProjectHolder(models.Model):
    """A person or organisation that carries a project; one of them is the contact."""

    _name = "hub.project.holder"
    _description = "Project holder"
    _inherit = ["hub.project.line.mixin"]
    _order = "is_contact desc, id"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner",
        string="Person or organisation",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    is_contact = fields.Boolean(
        string="Contact person",
        help="Whom the hub calls and writes to; each project has exactly one.",
    )
    part = fields.Char(
        string="Part in the project", help="For a collective: treasurer, cook..."
    )
    phone = fields.Char(related="partner_id.phone", readonly=False)
    email = fields.Char(related="partner_id.email", readonly=False)
    situation_ids = fields.One2many(
        "hub.situation",
        "holder_id",
        string="Situations",
        groups="solidarity_hub.group_hub_adviser",
    )

    @api.constrains("lead_id", "partner_id")
    def _check_holder_once(self):
        for holder in self:
            twins = holder.lead_id.hub_holder_ids.filtered(
                lambda other, holder=holder: other.partner_id == holder.partner_id
            )
            if len(twins) > 1:
                raise ValidationError(
                    self.env._(
                        "%(person)s is already a holder of “%(project)s”: keep one line"
                        " only.",
                        person=holder.partner_id.display_name,
                        project=holder.lead_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        holders = super().create(vals_list)
        for lead, lines in holders.grouped("lead_id").items():
            lead._hub_settle_contact(lines.filtered("is_contact")[-1:])
            lead._hub_welcome_holders()
        return holders

    def write(self, vals):
        left = self.lead_id
        result = super().write(vals)
        if {"is_contact", "partner_id", "lead_id"} & set(vals):
            for lead, lines in self.grouped("lead_id").items():
                lead._hub_settle_contact(lines.filtered("is_contact")[-1:])
            (left - self.lead_id)._hub_after_holder_left()
        return result

    def unlink(self):
        leads = self.lead_id
        result = super().unlink()
        leads.exists()._hub_after_holder_left()
        return result

    @api.model
    def _people_with_open_project(self, company):
        """Whoever carries a project of this hub that has not ended."""
        holders = self.sudo().search(
            Domain("company_id", "=", company.id)
            & Domain("lead_id.active", "=", True)
            & Domain("lead_id.stage_id.hub_phase", "!=", "closed")
            & Domain("partner_id.active", "=", True)
        )
        return holders.partner_id

    def action_open_situations(self):
        """Where this person stood at entry, at exit and later."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_situation_action"
        )
        action["domain"] = [("holder_id", "=", self.id)]
        action["context"] = {"default_holder_id": self.id}
        return action
