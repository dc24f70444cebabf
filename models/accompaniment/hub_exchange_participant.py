from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class HubExchangeParticipant(models.Model):
    """Somebody who gives or learns in an exchange, what it brought or cost in time, and
    his or her words on how it went."""

    _name = "hub.exchange.participant"
    _description = "Person in an exchange of knowledge"
    _inherit = ["hub.guard.mixin"]
    _order = "exchange_id desc, side, id"
    _check_company_auto = True
    _guarded_fields = frozenset({"minutes", "reviewed_on"})

    exchange_id = fields.Many2one(
        "hub.exchange", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="exchange_id.company_id", store=True, index=True, precompute=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Person",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    side = fields.Selection(
        [("giver", "Gives"), ("learner", "Learns")], required=True, default="learner"
    )
    knowledge_id = fields.Many2one(
        "hub.knowledge",
        string="Offer or request",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        domain="[('partner_id', '=', partner_id)]",
    )
    phone = fields.Char(related="partner_id.phone")
    minutes = fields.Integer(
        readonly=True,
        copy=False,
        help="Received for what one gave, spent for what one learned; the sum over all"
        " people is always zero.",
    )
    review = fields.Text(string="How it went", copy=False)
    reviewed_on = fields.Date(compute="_compute_reviewed_on", store=True, copy=False)
    date_start = fields.Datetime(related="exchange_id.date_start")
    state = fields.Selection(related="exchange_id.state")

    _sign = models.Constraint(
        "CHECK((side = 'giver' AND minutes >= 0)"
        " OR (side = 'learner' AND minutes <= 0))",
        "Who gives receives time, who learns spends it.",
    )

    @api.depends("partner_id.display_name", "exchange_id.display_name")
    def _compute_display_name(self):
        for line in self:
            line.display_name = (
                f"{line.partner_id.display_name or ''},"
                f" {line.exchange_id.display_name or ''}"
            )

    @api.depends("review")
    def _compute_reviewed_on(self):
        today = fields.Date.context_today(self)
        for line in self:
            line.reviewed_on = today if (line.review or "").strip() else False

    @api.constrains("partner_id", "exchange_id")
    def _check_once(self):
        for line in self:
            same = line.exchange_id.participant_ids.filtered(
                lambda other, line=line: other.partner_id == line.partner_id
            )
            if len(same) > 1:
                raise ValidationError(
                    self.env._(
                        "%(person)s is already in “%(exchange)s”. Who gives and learns"
                        " at once has two exchanges.",
                        person=line.partner_id.display_name,
                        exchange=line.exchange_id.name,
                    )
                )

    @api.constrains("knowledge_id", "side", "partner_id")
    def _check_knowledge(self):
        kinds = {"giver": "offer", "learner": "request"}
        for line in self.filtered("knowledge_id"):
            knowledge = line.knowledge_id
            if (knowledge.kind, knowledge.partner_id) != (
                kinds[line.side],
                line.partner_id,
            ):
                raise ValidationError(
                    self.env._(
                        "“%(what)s” is not what %(person)s offers or asks for here:"
                        " choose one of his or her own, or leave it empty.",
                        what=knowledge.display_name,
                        person=line.partner_id.display_name,
                    )
                )

    @api.onchange("partner_id", "side")
    def _onchange_partner_id(self):
        if self.knowledge_id.partner_id != self.partner_id:
            self.knowledge_id = False

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.exchange_id._check_open()
        return lines

    def write(self, vals):
        closed = set(vals) - {"review", "minutes"}
        if closed:
            self.exchange_id._check_open()
        result = super().write(vals)
        if "exchange_id" in closed:
            self.exchange_id._check_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        self.exchange_id._check_open()

    @api.model
    def _hub_domain_for(self, partner):
        """This person's own part in exchanges."""
        return Domain("partner_id", "=", partner.id)
