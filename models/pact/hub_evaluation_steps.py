from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..common.hub_frozen_mixin import GUARDED
from .hub_evaluation import SIDES

SHEET = "solidarity_hub.report_evaluation_sheet"
# What was agreed, and who agreed: closed by the last yes.
AGREED_FIELDS = frozenset(
    {
        "pact_id",
        "date",
        "state",
        "place",
        "words",
        "entry_channel",
        "person_ids",
        "line_ids",
        "company_id",
        "active",
    }
)


class HubEvaluation(models.Model):
    """From the question to what all agreed on, which then stays as it is."""

    _inherit = "hub.evaluation"

    def _begin(self):
        """Somebody says something: the evaluation is under way."""
        for evaluation in self.sudo().filtered(lambda e: e.state == "planned"):
            evaluation._add_people()
            evaluation._unguarded().state = "under_way"

    def action_open(self):
        """Ask everybody for a view: by e-mail where there is one, else by telephone."""
        self.check_access("write")
        self._begin()
        people = self.env["hub.evaluation.person"]
        for evaluation in self.sudo():
            if not evaluation.person_ids:
                raise UserError(
                    self.env._(
                        "%(name)s: nobody takes part yet. Add the holder and the people"
                        " beside the project under “Who takes part”.",
                        name=evaluation.display_name,
                    )
                )
            people |= evaluation.person_ids.filtered(
                lambda p: p.is_awaited and not p.asked_on
            )
        return people._ask()

    def action_ask_agreement(self):
        """The values are there: ask whoever has not said yes to them."""
        self.check_access("write")
        for evaluation in self:
            evaluation._check_ready()
        self.sudo()._unguarded().proposed_on = fields.Date.context_today(self)
        people = self.sudo().person_ids.filtered("is_awaited")
        return people._ask()

    def action_agree(self):
        """They agreed around the table: note it for all of them at once."""
        self.ensure_one()
        self._check_ready()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Agreed together"),
            "res_model": "hub.evaluation.agree.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_evaluation_id": self.id},
        }

    def _requirements(self):
        """``[(fulfilled, what)]``: what there must be before anybody agrees."""
        self.ensure_one()
        evaluation = self.sudo()
        labels = self._side_labels()
        views = [
            (
                bool(evaluation._side(side).filtered("given_on")),
                self.env._("the view of: %(side)s", side=labels[side]),
            )
            for side, _label in SIDES
        ]
        silent = evaluation.line_ids.filtered(
            lambda line: not line.agreed_value and not line.comment
        )
        told = self.env._(
            "what you say together, or a comment, for: %(indicators)s",
            indicators=", ".join(silent.indicator_id.mapped("name")),
        )
        return [*views, (bool(evaluation.line_ids) and not silent, told)]

    def _side_labels(self):
        people = self.env["hub.evaluation.person"]
        return dict(people._fields["side"]._description_selection(self.env))

    def _check_ready(self):
        self.ensure_one()
        if self.state == "agreed":
            self._check_not_frozen(dict.fromkeys(AGREED_FIELDS))
        missing = [what for done, what in self._requirements() if not done]
        if missing:
            raise ValidationError(
                self.env._(
                    "%(name)s cannot be agreed yet. Still missing: %(missing)s.",
                    name=self.display_name,
                    missing="; ".join(missing),
                )
            )

    def _take_turn(self):
        """Two who speak at the same moment speak one after the other: both write on
        one row, and Odoo begins the later one again."""
        for evaluation in self.sudo():
            evaluation._unguarded().change_lock += 1

    def _agreed_mark(self):
        """Fingerprint of what would be agreed on, for whoever says yes to it."""
        self.ensure_one()
        told = [[line.id, line.agreed_value, line.comment] for line in self.line_ids]
        return self._fingerprint(self._canonical_json([told, self.words]).encode())

    def _forget_agreements(self):
        """A yes was said to other values: it no longer counts."""
        for evaluation in self.sudo().filtered(lambda e: e.state == "under_way"):
            evaluation._take_turn()
            evaluation.person_ids.filtered(
                lambda p: p.answer != "waiting"
            )._reset_answer()
            evaluation._unguarded().proposed_on = False

    def _settle_if_agreed(self, agreed_on=None):
        """The last yes closes the evaluation."""
        for evaluation in self.sudo():
            there = evaluation.person_ids.filtered(lambda p: not p.excused)
            both = all(evaluation._side(side) for side, _label in SIDES)
            if both and all(person.answer == "yes" for person in there):
                evaluation._settle(agreed_on or fields.Date.context_today(self))

    def _settle(self, agreed_on):
        self._check_ready()
        vals = {"state": "agreed", "date": agreed_on}
        if not self.proposed_on:
            vals["proposed_on"] = agreed_on
        self._unguarded().write(vals)
        self._freeze()
        self._keep_frozen_pdf(SHEET)
        self.activity_ids.filtered("automated").unlink()
        lang = self.company_id.partner_id.lang or self.env.lang
        words = self.with_context(lang=lang).env._(
            "Agreed by all. Fingerprint: %(hash)s", hash=self.frozen_hash
        )
        self.message_post(
            body=words,
            author_id=self.company_id.partner_id.id,
        )

    def _file_name(self):
        """Name of the printed file."""
        self.ensure_one()
        pact = self.sudo().pact_id
        return f"{pact.number} {pact.name} {self.date}".replace("/", "-")

    # ------------------------------------------------------------
    # As it was agreed
    # ------------------------------------------------------------

    def _frozen_fields(self):
        return AGREED_FIELDS

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        self._check_not_frozen(dict.fromkeys(AGREED_FIELDS))

    def _check_not_frozen(self, vals):
        if (AGREED_FIELDS | GUARDED) & set(vals):
            for evaluation in self.filtered("frozen_on"):
                raise UserError(
                    self.env._(
                        "%(name)s was agreed by all and stays as it is. What has"
                        " changed since belongs in the next evaluation.",
                        name=evaluation.display_name,
                    )
                )
        return super()._check_not_frozen(vals)

    def _frozen_payload(self):
        self.ensure_one()
        evaluation = self.with_context(lang=self.pact_id.lang)
        pact = evaluation.pact_id
        return {
            "hub": evaluation.company_id.name,
            "pact": pact.number,
            "pact_version": pact.version,
            "pact_name": pact.name,
            "projects": pact.lead_ids.mapped("name"),
            "date": evaluation.date,
            "place": evaluation.place or "",
            "words": evaluation.words or "",
            "people": [p._frozen_values() for p in evaluation.person_ids],
            "lines": [line._frozen_values() for line in evaluation.line_ids],
        }
