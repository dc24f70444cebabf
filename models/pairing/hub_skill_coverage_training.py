from markupsafe import Markup

from odoo import models
from odoo.tools import format_list


class HubSkillCoverage(models.Model):
    """From what the network lacks to the next training."""

    _inherit = "hub.skill.coverage"

    def action_prepare_training(self):
        """A training about these skills to fill in; nothing is kept before "Save"."""
        self.check_access("read")
        people = self._people_by_part()
        notes = Markup()
        for row in self:
            names = row._names(row._partners(people.get(row._key(), {}), "trainee"))
            line = skill = row.skill_id.display_name
            if names:
                line = self.env._("%(subject)s: %(label)s", subject=skill, label=names)
            notes += Markup("<li>%s</li>") % line
        skills = format_list(self.env, self.skill_id.mapped("display_name"))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Training of volunteers"),
            "res_model": "event.event",
            "views": [(False, "form")],
            "context": {
                "default_name": self.env._("Training: %s", skills),
                "default_hub_format": "training",
                "default_hub_skill_ids": self.skill_id.ids,
                "default_company_id": self.company_id[:1].id,
                "default_note": Markup("<ul>%s</ul>") % notes,
                # Nobody is written to by surprise.
                "default_event_mail_ids": [],
            },
        }
