from odoo import api, fields, models
from odoo.fields import Command

from ...tools.person_words import read_words
from ...tools.project_words import OUTCOME_WORDS

CELLS = {
    "hub_holder_name",
    "hub_holder_birth_year",
    "hub_prescriber_name",
    "hub_skills_text",
    "hub_outcomes_text",
    "hub_outcome_date",
    "hub_outcome_jobs",
    "hub_outcome_reason",
}


class CrmLead(models.Model):
    """A project on one line of a spreadsheet, as coordinators keep their lists.

    The cells can be exported and imported again: the same file changes nothing.
    """

    _inherit = "crm.lead"

    hub_holder_name = fields.Char(
        string="Holder's name",
        compute="_compute_hub_cells",
        inverse="_inverse_hub_cells",
        help="The contact first; further holders after a semicolon.",
    )
    hub_holder_birth_year = fields.Integer(
        string="Holder's year of birth",
        compute="_compute_hub_cells",
        inverse="_inverse_hub_cells",
    )
    hub_prescriber_name = fields.Char(
        string="Sent by (name)",
        compute="_compute_hub_cells",
        inverse="_inverse_hub_cells",
    )
    hub_skills_text = fields.Char(
        string="Needed skills in one cell",
        compute="_compute_hub_cells",
        inverse="_inverse_hub_cells",
        help="Accounting:3; Listening. 1 learning, 2 practising, 3 expert.",
    )
    hub_outcomes_text = fields.Char(
        string="Outcomes in one cell",
        compute="_compute_hub_outcome_cells",
        inverse="_inverse_hub_cells",
        compute_sudo=True,
    )
    hub_outcome_date = fields.Date(
        string="Outcome on",
        compute="_compute_hub_outcome_cells",
        inverse="_inverse_hub_cells",
        compute_sudo=True,
    )
    hub_outcome_jobs = fields.Integer(
        string="Jobs",
        compute="_compute_hub_outcome_cells",
        inverse="_inverse_hub_cells",
        compute_sudo=True,
    )
    hub_outcome_reason = fields.Char(
        string="Reason of the outcome",
        compute="_compute_hub_outcome_cells",
        inverse="_inverse_hub_cells",
        compute_sudo=True,
    )

    @api.depends(
        "hub_holder_ids.partner_id", "hub_prescriber_id", "hub_skill_ids.level"
    )
    def _compute_hub_cells(self):
        for lead in self:
            holders = lead.hub_holder_ids.partner_id
            lead.hub_holder_name = "; ".join(filter(None, holders.mapped("name")))
            lead.hub_holder_birth_year = holders[:1].sudo().hub_birth_year
            lead.hub_prescriber_name = lead.hub_prescriber_id.name
            lead.hub_skills_text = "; ".join(
                f"{line.skill_id.name}:{line.level}" for line in lead.hub_skill_ids
            )

    @api.depends("hub_outcome_ids")
    def _compute_hub_outcome_cells(self):
        labels = dict(
            self.env["hub.outcome"]._fields["kind"]._description_selection(self.env)
        )
        for lead in self:
            outcomes = lead.hub_outcome_ids
            jobs = outcomes.filtered(lambda outcome: outcome.kind == "job")
            lead.hub_outcomes_text = "; ".join(
                dict.fromkeys(labels[kind] for kind in outcomes.mapped("kind"))
            )
            lead.hub_outcome_date = outcomes[:1].date
            lead.hub_outcome_jobs = sum(jobs.mapped("quantity"))
            lead.hub_outcome_reason = outcomes.filtered("reason")[:1].reason

    def _inverse_hub_cells(self):
        """The cells are read before a record is written: see ``_hub_read_cells``."""

    def _hub_read_cells(self, vals):
        """Values in which the cells of a list have become contacts and lines.

        Only what is missing is added: no holder, skill or outcome is taken away.
        """
        cells = {name: vals.pop(name) for name in CELLS & set(vals)}
        if not cells:
            return vals
        self._hub_read_holders(cells, vals)
        self._hub_read_skills(cells, vals)
        self._hub_read_outcomes(cells, vals)
        if prescriber := (cells.get("hub_prescriber_name") or "").strip():
            if prescriber != self.hub_prescriber_id.name:
                vals["hub_prescriber_id"] = self._hub_find_prescriber(prescriber).id
        return vals

    def _hub_find_prescriber(self, name):
        partners = self.env["res.partner"]
        found = partners.search([("name", "=ilike", name)], limit=1)
        return found or partners.create({"name": name, "is_company": True})

    def _hub_read_holders(self, cells, vals):
        names = [
            name.strip()
            for name in (cells.get("hub_holder_name") or "").split(";")
            if name.strip()
        ]
        known = self.hub_holder_ids.partner_id
        people = self.env["res.partner"]
        for number, name in enumerate(names):
            row = {"name": name}
            if number == 0:
                row.update(
                    phone=vals.get("phone") or self.phone,
                    email=vals.get("email_from") or self.email_from,
                    hub_birth_year=cells.get("hub_holder_birth_year"),
                )
            people |= self._hub_find_holder(row, known)
        added = people - known
        if added:
            first = not known
            vals["hub_holder_ids"] = [
                Command.create(
                    {
                        "partner_id": person.id,
                        "is_contact": first and person == people[0],
                    }
                )
                for person in added
            ]
            if first:
                vals["partner_id"] = people[0].id

    def _hub_find_holder(self, row, known):
        """The contact that a name in the list means: a holder, known, or created."""
        partners = self.env["res.partner"]
        found = known.filtered(lambda partner: partner.name == row["name"])[:1]
        found = found or partners._hub_find_people([row])[0]
        values = {name: value for name, value in row.items() if value}
        if not found:
            return partners.create(values)
        missing = {n: value for n, value in values.items() if not found[n]}
        if missing:
            found.write(missing)
        return found

    def _hub_read_skills(self, cells, vals):
        found, _unknown = self.env["hub.skill"]._read_cell(cells.get("hub_skills_text"))
        commands = []
        lines = {line.skill_id: line for line in self.hub_skill_ids}
        for skill, level in found.items():
            line = lines.get(skill)
            if not line:
                commands.append(
                    Command.create({"skill_id": skill.id, "level": level or 2})
                )
            elif level and line.level != level:
                commands.append(Command.update(line.id, {"level": level}))
        if commands:
            vals["hub_skill_ids"] = commands

    def _hub_read_outcomes(self, cells, vals):
        kinds, _unknown = read_words(
            cells.get("hub_outcomes_text"), self._hub_outcome_words()
        )
        jobs = int(cells.get("hub_outcome_jobs") or 0)
        if jobs and "job" not in kinds:
            kinds.append("job")
        date = (
            cells.get("hub_outcome_date")
            or vals.get("hub_accompaniment_end")
            or self.hub_accompaniment_end
            or fields.Date.context_today(self)
        )
        known = self.hub_outcome_ids.mapped("kind")
        commands = [
            Command.create(
                {
                    "kind": kind,
                    "date": date,
                    "quantity": jobs if kind == "job" and jobs else 1,
                    "reason": cells.get("hub_outcome_reason"),
                }
            )
            for kind in kinds
            if kind not in known
        ]
        if commands:
            vals["hub_outcome_ids"] = commands

    @api.model
    def _hub_outcome_words(self):
        """Words for an outcome, those of the user's language included."""
        field = self.env["hub.outcome"]._fields["kind"]
        return {
            code: f"{OUTCOME_WORDS[code]}, {label}"
            for code, label in field._description_selection(self.env)
        }
