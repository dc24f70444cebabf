from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

TRANSITIONS = {
    "draft": {"submitted", "cancelled"},
    "submitted": {"draft", "approved", "refused", "cancelled"},
    "approved": {"submitted", "signed", "cancelled"},
    "refused": {"draft"},
    "signed": {"disbursed", "cancelled"},
    # back to signed when the payment out is taken back in the accounts
    "disbursed": {"signed", "repaid", "written_off"},
    # back to running when a payment turns out not to have come
    "repaid": {"disbursed"},
    "written_off": {"disbursed", "repaid"},
    "cancelled": {"draft"},
}


class HubLoan(models.Model):
    """The path of a loan: application, committee, signature, payment out, paid back."""

    _inherit = "hub.loan"
    _guarded_fields = frozenset(
        {
            "name",
            "state",
            "submitted_on",
            "decided_on",
            "valid_until",
            "signed_on",
            "closed_on",
            "taeg",
            "teg",
            "fee_line_id",
            "fee_residual",
            "is_doubtful",
        }
    )
    _guarded_given = frozenset({"name"})

    def _state_label(self):
        self.ensure_one()
        return dict(self._fields["state"]._description_selection(self.env))[self.state]

    def _check_transition(self, target):
        labels = dict(self._fields["state"]._description_selection(self.env))
        for loan in self:
            if target not in TRANSITIONS[loan.state]:
                raise UserError(
                    self.env._(
                        "%(loan)s is “%(state)s”: it cannot become “%(target)s” from"
                        " there.",
                        loan=loan.display_name,
                        state=labels[loan.state],
                        target=labels[target],
                    )
                )

    def _set_state(self, target, **vals):
        """Move these loans to a state that can follow theirs."""
        self.check_access("write")
        self._check_transition(target)
        self._unguarded().write({"state": target, **vals})

    # ------------------------------------------------------------
    # Application and decision
    # ------------------------------------------------------------

    def action_submit(self):
        """Bring the application before the committee."""
        today = fields.Date.context_today(self)
        self._set_state("submitted", submitted_on=today)

    def action_back_to_draft(self):
        """Write the application again: before the decision, or after a refusal."""
        self._set_state(
            "draft",
            submitted_on=False,
            decided_on=False,
            valid_until=False,
        )

    def action_back_to_committee(self):
        """Ask the committee again: the agreement lapsed, or the terms change."""
        self._set_state("submitted", decided_on=False, valid_until=False)

    def action_approve(self):
        """Agree as asked. Where a committee decides, its record says so itself."""
        self.check_access("write")
        for loan in self:
            loan._check_transition("approved")
            self.env["hub.loan.decision"].create(
                {**loan._decision_proposal(), "loan_id": loan.id, "result": "agreed"}
            ).action_record()

    def action_refuse(self, motive=None):
        """Refuse the loan; a refusal has a reason.

        :param motive: why; without it the decision opens to be written
        """
        self.check_access("write")
        if not (motive or "").strip():
            return self.action_decide(result="refused")
        for loan in self:
            loan._check_transition("refused")
            self.env["hub.loan.decision"].create(
                {
                    **loan._decision_proposal(),
                    "loan_id": loan.id,
                    "result": "refused",
                    "motive": motive,
                }
            ).action_record()
        return True

    def action_decide(self, result=None):
        """Write down what the committee decided."""
        self.ensure_one()
        self.check_access("write")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_loan_decision_action_new"
        )
        proposal = self._decision_proposal() | ({"result": result} if result else {})
        action["context"] = {
            "default_loan_id": self.id,
            **{f"default_{name}": value for name, value in proposal.items()},
        }
        return action

    def _follow_decision(self, decision):
        """What the committee decided becomes the state and the terms of the loan."""
        self.ensure_one()
        if decision.result == "adjourned":
            return
        if decision.result == "refused":
            self._set_state("refused", decided_on=decision.date)
            return
        self._unguarded().write(decision._agreed_terms())
        self.basis_id._take_turn()
        self._set_state(
            "approved", decided_on=decision.date, valid_until=decision.valid_until
        )

    # ------------------------------------------------------------
    # Signature and end
    # ------------------------------------------------------------

    def action_sign(self):
        """The parties have signed: from here on the terms stand."""
        self.check_access("write")
        for loan in self:
            loan._check_transition("signed")
            loan._check_agreement_valid()
            loan._check_ready_for_entries()
            loan.basis_id._take_turn()
            loan._prepare_tranches()
            loan._plan()
            taeg, teg = loan._rates()
            today = fields.Date.context_today(loan)
            loan._set_state("signed", signed_on=today, taeg=taeg, teg=teg)
            loan._sync_commitment()

    def action_cancel(self):
        """Give the loan up before any money was paid out."""
        self._set_state("cancelled")
        self._sync_commitment()

    def _check_agreement_valid(self):
        for loan in self:
            last = loan.valid_until
            if last and last < fields.Date.context_today(loan):
                raise UserError(
                    self.env._(
                        "%(loan)s: the agreement of %(date)s was valid until %(last)s."
                        " Take the loan back to the committee.",
                        loan=loan.display_name,
                        date=format_date(self.env, loan.decided_on),
                        last=format_date(self.env, last),
                    )
                )

    # ------------------------------------------------------------
    # Running or paid back: what the accounts say
    # ------------------------------------------------------------

    @api.depends(
        "instalment_ids.residual_amount",
        "instalment_ids.due_line_id",
        "claim_ids.residual_amount",
        "fee_residual",
        "tranche_ids.state",
    )
    def _compute_state(self):
        """Money decides between running and paid back; people decide the rest."""
        for loan in self:
            state = loan._origin.state or "draft"
            if state in ("disbursed", "repaid"):
                state = "repaid" if loan._is_paid_back() else "disbursed"
            loan.state = state

    def _is_paid_back(self):
        """All was paid out, became due, and was settled with money that has arrived."""
        self.ensure_one()
        lines = self.sudo().instalment_ids.filtered("amount")
        return bool(lines) and (
            not self.tranche_ids.filtered(lambda part: part.state == "planned")
            and all(
                line._is_gone() or (line.due_line_id and not line.residual_amount)
                for line in lines
            )
            and not self.fee_residual
            and not any(self.sudo()._claims_to_come().mapped("residual_amount"))
            and not any(lines.mapped("payment_in_process"))
        )
