from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL

# Open offers beside open requests of the same hub: of one skill (or of one that is part
# of the other), or with a word in common; of long words the first five letters are
# enough where one begins with the other ("compta", "comptabilité").
MATCHES = """
    WITH going AS (
        SELECT knowledge.id, knowledge.kind, knowledge.company_id,
               knowledge.partner_id, knowledge.words, skill.parent_path
          FROM hub_knowledge knowledge
          LEFT JOIN hub_skill skill ON skill.id = knowledge.skill_id
         WHERE knowledge.active AND knowledge.closed_on IS NULL
           AND (knowledge.valid_until IS NULL OR knowledge.valid_until >= %(today)s)
    ), word AS (
        SELECT id, kind, company_id, partner_id,
               unnest(string_to_array(words, ' ')) AS word
          FROM going
    ), pair AS (
        SELECT offer.id AS offer_id, request.id AS request_id, 'skill' AS reason
          FROM going offer
          JOIN going request
            ON request.company_id = offer.company_id
           AND (request.parent_path LIKE offer.parent_path || '%%'
                OR offer.parent_path LIKE request.parent_path || '%%')
         WHERE offer.kind = 'offer' AND request.kind = 'request'
         UNION ALL
        SELECT offer.id, request.id, 'words'
          FROM word offer
          JOIN word request
            ON request.company_id = offer.company_id
           AND LEFT(request.word, 5) = LEFT(offer.word, 5)
           AND (starts_with(request.word, offer.word)
                OR starts_with(offer.word, request.word))
         WHERE offer.kind = 'offer' AND request.kind = 'request'
    )
    SELECT offer.id::bigint * 10000000 + request.id AS id, offer.company_id,
           offer.id AS offer_id, request.id AS request_id,
           offer.partner_id AS giver_id, request.partner_id AS learner_id,
           MIN(pair.reason) AS reason
      FROM pair
      JOIN hub_knowledge offer ON offer.id = pair.offer_id
      JOIN hub_knowledge request ON request.id = pair.request_id
     WHERE offer.partner_id != request.partner_id
       AND NOT EXISTS (
           SELECT FROM hub_exchange_participant giver
             JOIN hub_exchange_participant learner
               ON learner.exchange_id = giver.exchange_id
             JOIN hub_exchange exchange ON exchange.id = giver.exchange_id
            WHERE exchange.state != 'cancelled'
              AND giver.knowledge_id = offer.id
              AND learner.knowledge_id = request.id)
       AND NOT EXISTS (
           SELECT FROM hub_conflict conflict
            WHERE conflict.active AND conflict.company_id = offer.company_id
              AND (conflict.partner_id, conflict.other_partner_id) IN (
                  (offer.partner_id, request.partner_id),
                  (request.partner_id, offer.partner_id)))
     GROUP BY offer.id, request.id
"""


class HubKnowledgeMatch(models.Model):
    """Two people who could meet: what one offers is what the other is looking for, and
    nobody has brought them together yet."""

    _name = "hub.knowledge.match"
    _description = "Possible meeting"
    _auto = False
    _order = "reason, id desc"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", readonly=True)
    offer_id = fields.Many2one("hub.knowledge", readonly=True)
    request_id = fields.Many2one("hub.knowledge", readonly=True)
    giver_id = fields.Many2one("res.partner", string="Who knows", readonly=True)
    learner_id = fields.Many2one("res.partner", string="Who learns", readonly=True)
    reason = fields.Selection(
        [("skill", "Same skill"), ("words", "Words in common")],
        string="Because of",
        readonly=True,
    )
    offer_name = fields.Char(related="offer_id.name", string="What is offered")
    request_name = fields.Char(related="request_id.name", string="What is looked for")
    offer_when = fields.Char(related="offer_id.availability", string="When (offer)")
    request_when = fields.Char(
        related="request_id.availability", string="When (request)"
    )

    _depends = {
        "hub.knowledge": [
            "kind",
            "partner_id",
            "company_id",
            "words",
            "skill_id",
            "active",
            "closed_on",
            "valid_until",
        ],
        "hub.skill": ["parent_path"],
        "hub.exchange": ["state"],
        "hub.exchange.participant": ["exchange_id", "knowledge_id"],
        "hub.conflict": ["partner_id", "other_partner_id", "company_id", "active"],
    }

    @property
    def _table_query(self):
        return SQL(MATCHES, today=fields.Date.context_today(self))

    @api.depends("giver_id.display_name", "learner_id.display_name")
    def _compute_display_name(self):
        for match in self:
            match.display_name = (
                f"{match.giver_id.display_name or ''} /"
                f" {match.learner_id.display_name or ''}"
            )

    def action_open_offer(self):
        """The offer itself."""
        self.ensure_one()
        return self.offer_id._get_records_action()

    def action_open_request(self):
        """The request itself."""
        self.ensure_one()
        return self.request_id._get_records_action()

    def action_bring_together(self):
        """An exchange between these people; several rows of one offer make a group."""
        exchanges = self.env["hub.exchange"]
        exchanges.check_access("create")
        if not self:
            raise UserError(self.env._("Choose at least one possible meeting."))
        made = exchanges.create(
            [
                matches._exchange_vals(offer)
                for offer, matches in self.grouped("offer_id").items()
            ]
        )
        return made._get_records_action(name=self.env._("Exchanges"))

    def _exchange_vals(self, offer):
        people = [(self[:1].giver_id, "giver", offer)]
        people += [(m.learner_id, "learner", m.request_id) for m in self]
        return {
            "name": offer.name,
            "company_id": offer.company_id.id,
            "skill_id": (offer.skill_id or self.request_id.skill_id[:1]).id,
            "place": offer.place or self.request_id[:1].place,
            "participant_ids": [
                Command.create(
                    {
                        "partner_id": person.id,
                        "side": side,
                        "knowledge_id": knowledge.id,
                    }
                )
                for person, side, knowledge in people
            ],
        }
