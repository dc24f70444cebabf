from markupsafe import Markup

from odoo import models
from odoo.tools import format_list


class HubSkillCoverage(models.Model):
    """From what the network lacks to the next training."""

    _inherit = "hub.skill.coverage"

    def action_prepare_training(self):
        """A training about these skills to fill in; nothing is kept before "Save"."""
        self.check_access("read")
        skills = format_list(self.env, self.skill_id.mapped("display_name"))
        return self._prepare_moment(
            self.env._("Training of volunteers"),
            default_name=self.env._("Training: %s", skills),
            default_hub_format="training",
            default_note=self._note_of_people("trainee_ids"),
        )

    def _note_of_people(self, name):
        """Each skill with the people of this field, as a list for the team."""
        notes = Markup()
        for row in self:
            line = skill = row.skill_id.display_name
            if people := row[name]:
                line = self.env._(
                    "%(subject)s: %(label)s", subject=skill, label=row._names(people)
                )
            notes += Markup("<li>%s</li>") % line
        return Markup("<ul>%s</ul>") % notes

    def _prepare_moment(self, title, **context):
        """The form of a moment about these skills."""
        form = self.env.ref("solidarity_hub.hub_moment_view_form")
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "event.event",
            "views": [(form.id, "form")],
            "context": {
                "default_hub_skill_ids": self.skill_id.ids,
                "default_company_id": self.company_id[:1].id,
                # Nobody is written to by surprise.
                "default_event_mail_ids": [],
                **context,
            },
        }
