from odoo import api, models
from odoo.exceptions import UserError

from ..common.hub_asking_mixin import TODO
from .hub_loan_change import DECIDED


class HubLoanChange(models.Model):
    """Where the hub wants it, a second person agrees before anything is done."""

    _inherit = "hub.loan.change"

    @api.model
    def _is_agreed_by_two(self, kind, company):
        return kind in DECIDED and company.hub_loan_second_person

    def _needs_second_person(self):
        return self._is_agreed_by_two(self.kind, self.company_id)

    def _ask_second_person(self):
        """Tell somebody of finance that there is something to agree to."""
        others = self._second_persons()
        if not others:
            raise UserError(
                self.env._(
                    "%(change)s: a second person of finance has to agree, and there is"
                    " none besides you. Give somebody the rights of finance, or take"
                    " the rule out of the settings.",
                    change=self.display_name,
                )
            )
        user = self._first_of_team(others, self.company_id)
        lang = self.with_context(lang=user.lang)
        self._create_activities(
            [
                self._prepare_activity_vals(
                    self.loan_id,
                    TODO,
                    user,
                    lang.env._("To be agreed: %(change)s", change=lang.display_name),
                    [lang.text, self.reason],
                )
            ]
        )

    def _second_persons(self):
        group = self.env.ref("solidarity_hub.group_hub_finance").sudo()
        return group.all_user_ids.filtered(
            lambda user: (
                user.active
                and not user.share
                and not user._is_superuser()
                and self.company_id in user.company_ids
                and user != self.asked_by_id
            )
        ).sorted("id")
