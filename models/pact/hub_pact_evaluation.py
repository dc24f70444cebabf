from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .hub_pact import CONTENT_GROUPS

# A pact noted down later than this after its first day had its start without us.
START_DAYS = 31


class HubPact(models.Model):
    """When the parties of a pact evaluate together, by the rhythm of its terms.

    A pact and its amendments are one chain: evaluations go on from one text to the
    next, in the rhythm that began with the first.
    """

    _inherit = "hub.pact"

    root_id = fields.Many2one(
        "hub.pact",
        string="First text",
        compute="_compute_root_id",
        store=True,
        recursive=True,
        index=True,
        groups=CONTENT_GROUPS,
        help="The pact that this one amends, directly or through other amendments.",
    )
    evaluation_count = fields.Integer(
        string="Number of evaluations",
        compute="_compute_evaluation_count",
        groups=CONTENT_GROUPS,
    )
    evaluations_planned_on = fields.Date(
        copy=False, readonly=True, groups=CONTENT_GROUPS
    )

    @api.depends("parent_id.root_id")
    def _compute_root_id(self):
        for pact in self:
            pact.root_id = pact.parent_id.root_id or pact

    def _compute_evaluation_count(self):
        counts = dict(
            self.env["hub.evaluation"]._read_group(
                [("root_id", "in", self.root_id.ids)], ["root_id"], ["__count"]
            )
        )
        for pact in self:
            pact.evaluation_count = counts.get(pact.root_id, 0)

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") == "in_force":
            self.sudo()._plan_evaluations()
        elif vals.get("state") == "closed":
            self.sudo()._stop_evaluations()
        return result

    def action_open_evaluations(self):
        """Evaluations of this pact, of those it amends and of its amendments."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_evaluation_action"
        )
        return {
            **action,
            "domain": [("root_id", "=", self.root_id.id)],
            "context": {"default_pact_id": self.id},
            # The address of the whole list would forget the domain.
            "path": False,
        }

    # ------------------------------------------------------------
    # Planning
    # ------------------------------------------------------------

    def _plan_evaluations(self):
        """Plan what the terms ask for, from today on; done again, it changes nothing.

        Evaluations of an amended text go on with the text in force.
        """
        today = fields.Date.context_today(self)
        for pact in self.filtered(lambda one: one.state == "in_force"):
            pact._take_over_evaluations()
            wanted = pact._evaluation_days(today)
            known = pact._chain_evaluations().filtered("planned_on")
            by_day = known.grouped("planned_on")
            self.env["hub.evaluation"]._create_planned(
                pact, {d: t for d, t in wanted.items() if d not in by_day}
            )
            for day, terms in wanted.items():
                if by_day.get(day, known.browse()).state == "planned":
                    by_day[day]._match_terms(terms)
            known.filtered(
                lambda e, days=wanted: (
                    e.state == "planned"
                    and e.planned_on > today
                    and e.planned_on not in days
                )
            ).unlink()
        self.evaluations_planned_on = today

    def _evaluation_days(self, today):
        """``{day: terms to evaluate on it}``, from today to the last day."""
        self.ensure_one()
        root, none = self.root_id, self.env["hub.pact.term"]
        begin, days = root.in_force_from or root.date_start, {}
        first = self.term_ids.filtered("from_start")
        recent = today <= begin + relativedelta(days=START_DAYS)
        if first and recent and not self.parent_id:
            days[begin] = first
        for term in self.term_ids.filtered("rhythm_months"):
            for day in self._rhythm_days(begin, term.rhythm_months):
                if day >= today:
                    days[day] = days.get(day, none) | term
        return dict(sorted(days.items()))

    def _rhythm_days(self, begin, months):
        """Last day of each period, up to the last day of the pact."""
        number = 1
        while self.date_end:
            day = begin + relativedelta(months=number * months, days=-1)
            if day > self.date_end:
                return
            yield day
            number += 1

    def _chain_evaluations(self):
        return (
            self.env["hub.evaluation"]
            .with_context(active_test=False)
            .search([("root_id", "in", self.root_id.ids)])
        )

    def _take_over_evaluations(self):
        """What was not agreed under the text before goes on under this one."""
        running = self._chain_evaluations().filtered(
            lambda e: e.state != "agreed" and e.pact_id != self
        )
        running.pact_id = self
        for evaluation in running.filtered(lambda e: e.state == "under_way"):
            evaluation._match_terms(self.term_ids, add=False)

    def _stop_evaluations(self):
        """Nothing more is planned once a pact is over; its successor goes on."""
        for pact in self.filtered(lambda one: one.close_reason != "replaced"):
            pact._chain_evaluations().filtered(
                lambda e, last=pact.closed_on: (
                    e.state == "planned" and e.date > (last or e.date)
                )
            ).unlink()

    @api.model
    def _domain_unplanned(self):
        """In force by another way than its button: an import, an update."""
        return Domain("state", "=", "in_force") & Domain(
            "evaluations_planned_on", "=", False
        )

    # ------------------------------------------------------------
    # Who evaluates
    # ------------------------------------------------------------

    def _evaluation_people(self):
        """``[(partner, side)]``: whoever the pact concerns, and those beside them.

        Only those who have signed: a newcomer asked to join is no party yet.

        Beside a holder that is the pair of today; under a pact of a whole territory,
        the other parties. The hub asks the questions and takes no side.
        """
        self.ensure_one()
        parties = self._present_parties().filtered("signed_on")
        concerned = parties.filtered(lambda p: p.category == "concerned").partner_id
        beside = parties.filtered(
            lambda p: p.category not in ("concerned", "hub")
        ).partner_id
        if self.form == "accompaniment_contract":
            pair = self.env["res.partner"].union(
                *(lead._hub_pair() for lead in self.lead_ids)
            )
            volunteers = parties.filtered(lambda p: p.category == "volunteer")
            beside = pair or volunteers.partner_id or beside
        return [
            *((person, "holder") for person in concerned),
            *((person, "volunteers") for person in beside - concerned),
        ]
