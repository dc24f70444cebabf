from odoo import api, models
from odoo.fields import Domain

# From here on the list of the former spreadsheet is there.
A_LIST_OF_PEOPLE = 5


class HubOverview(models.AbstractModel):
    _inherit = "hub.overview"

    @api.model
    def _get_figures(self):
        figures = super()._get_figures()
        user = self.env.user
        if user.has_group("solidarity_hub.group_hub_adviser"):
            figures += self._get_volunteer_figures()
        return figures

    @api.model
    def _get_volunteer_figures(self):
        volunteers = Domain("hub_is_volunteer", "=", True)
        return [
            *self._prepare_list_figure(
                "volunteers_untrained",
                self.env._("Volunteers without training"),
                "solidarity_hub.action_hub_volunteers",
                volunteers & Domain("hub_training", "=", "missing"),
                100,
                urgent=True,
            ),
            *self._prepare_list_figure(
                "charter_calls",
                self.env._("To be called about the charter"),
                "solidarity_hub.action_hub_charter_person",
                Domain("to_call", "=", True),
                45,
                urgent=True,
            ),
            *self._prepare_list_figure(
                "charters_to_sign",
                self.env._("Charter not signed yet"),
                "solidarity_hub.action_hub_charter_person",
                Domain("state", "!=", "signed"),
                110,
            ),
        ]

    @api.model
    def _get_first_steps(self):
        roles = self.env["hub.role"].sudo()
        here = Domain("company_id", "=", self.env.company.id)
        volunteers = roles.search_count(
            here & Domain("kind", "=", "volunteer"), limit=1
        )
        people = roles.search_count(here, limit=A_LIST_OF_PEOPLE)
        return super()._get_first_steps() + [
            self._prepare_step(
                "volunteer",
                self.env._("A first volunteer"),
                self.env._("A name, a telephone, what the person knows how to do."),
                volunteers,
                "solidarity_hub.action_hub_volunteers",
            ),
            self._prepare_step(
                "import",
                self.env._("The people you know already"),
                self.env._(
                    "Load the spreadsheet you keep, one line per person: skills in one"
                    " cell are understood, and who is there already is updated."
                ),
                people >= A_LIST_OF_PEOPLE,
                self._get_import_action(),
            ),
        ]

    @api.model
    def _get_import_action(self):
        """Odoo's own import screen, or the list where nobody may import."""
        partners = self.env["res.partner"]
        if not partners.has_access("create") or "base_import.import" not in self.env:
            return "solidarity_hub.action_hub_people"
        return {
            "type": "ir.actions.client",
            "tag": "import",
            "name": self.env._("Import people"),
            "params": {
                "active_model": "res.partner",
                "context": {"hub_new_role_kind": "volunteer"},
            },
        }
