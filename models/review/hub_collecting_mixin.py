from odoo import api, fields, models
from odoo.exceptions import UserError

COLLECTING = [
    ("before", "Not asked yet"),
    ("open", "Answers come in"),
    ("closed", "Answers are in"),
]
# What follows from what people answer; models guard it.
COLLECTED = frozenset({"collecting", "closed_on", "answer_count"})


class HubCollectingMixin(models.AbstractModel):
    """Questions that people answer alone and without a name: they are asked, their
    answers come in, and show once they are closed.

    A model names its answers in ``_answer_model``, has ``person_ids`` (see
    ``hub.asked.person.mixin``), and says in :meth:`_answer_rows` what is kept.
    """

    _name = "hub.collecting.mixin"
    _description = "Answers without a name"
    _answer_model = None

    collecting = fields.Selection(
        COLLECTING,
        string="Answers",
        required=True,
        readonly=True,
        default="before",
        copy=False,
        tracking=True,
    )
    closed_on = fields.Date(string="Answers closed on", copy=False, readonly=True)
    asked_count = fields.Integer(
        string="Asked", compute="_compute_asked_count", compute_sudo=True
    )
    answer_count = fields.Integer(
        string="Answered",
        copy=False,
        readonly=True,
        aggregator=None,
        help="How many people have answered; who they are is not kept with what they"
        " said.",
    )

    @api.depends("person_ids")
    def _compute_asked_count(self):
        for record in self:
            record.asked_count = len(record.person_ids)

    def action_open(self):
        """Ask everybody who was chosen."""
        self.ensure_one()
        self.check_access("write")
        self._check_open()
        if not self.person_ids:
            raise UserError(
                self.env._(
                    "%(name)s: choose who is asked first, people of the team and of"
                    " the colleges.",
                    name=self.display_name,
                )
            )
        self._unguarded().collecting = "open"
        return self.person_ids._ask()

    def action_close(self):
        """Enough have answered: the answers are counted and shown."""
        self.check_access("write")
        for record in self:
            record._check_open()
            record._unguarded().write(
                {
                    "collecting": "closed",
                    "closed_on": fields.Date.context_today(record),
                }
            )

    def _check_open(self):
        self.ensure_one()
        if self.state != "draft" or self.collecting == "closed":
            raise UserError(
                self.env._(
                    "%(name)s: the answers are in, nothing is added any more.",
                    name=self.display_name,
                )
            )

    def _answer_rows(self, values):
        """What is kept of the answers of one person."""
        raise NotImplementedError

    def _take_answers(self, values, **more):
        """Keep one person's answers, without the person.

        :param values: ``{what was asked: value}``
        :param more: what is kept with each answer
        """
        self.ensure_one()
        self._check_open()
        rows = self._answer_rows(values)
        if not rows:
            raise UserError(
                self.env._("Nothing was filled in: answer at least one question.")
            )
        self.env[self._answer_model].sudo().create([row | more for row in rows])
        self.sudo().answer_count += 1

    def _shows_answers(self):
        """Answers of a few people are not shown: who said what would be guessed."""
        self.ensure_one()
        enough = self.answer_count >= self.company_id.hub_small_group
        return self.collecting == "closed" and enough
