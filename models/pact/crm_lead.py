from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmLead(models.Model):
    _inherit = "crm.lead"

    hub_pact_ids = fields.Many2many(
        "hub.pact",
        "hub_pact_crm_lead_rel",
        "lead_id",
        "pact_id",
        string="Contracts and pacts",
        copy=False,
        groups="solidarity_hub.group_hub_adviser",
    )
    hub_pact_count = fields.Integer(
        string="Number of contracts and pacts",
        compute="_compute_hub_pact_count",
        groups="solidarity_hub.group_hub_adviser",
    )

    def _compute_hub_pact_count(self):
        counts = dict(
            self.env["hub.pact"]._read_group(
                [("lead_ids", "in", self.ids)], ["lead_ids"], ["__count"]
            )
        )
        for lead in self:
            lead.hub_pact_count = counts.get(lead._origin, 0)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_named_in_signed_pact(self):
        projects = self.filtered("is_hub_project")
        if not projects:
            return
        signed = (
            self.env["hub.pact"]
            .sudo()
            .with_context(active_test=False)
            .search(
                [("lead_ids", "in", projects.ids), ("frozen_on", "!=", False)], limit=1
            )
        )
        if signed:
            raise UserError(
                self.env._(
                    "%(pact)s was signed and names this project: archive the project"
                    " instead of deleting it.",
                    pact=signed.display_name,
                )
            )

    def action_hub_open_pacts(self):
        """Contracts and pacts of the project."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_pact_action"
        )
        pacts = self.hub_pact_ids
        action["domain"] = [("lead_ids", "in", self.ids)]
        action["context"] = {"default_lead_ids": self.ids}
        if len(pacts) == 1:
            return {**action, "views": [(False, "form")], "res_id": pacts.id}
        return action

    def action_hub_write_contract(self):
        """Write the accompaniment contract from its template, or open the one there."""
        self.ensure_one()
        open_states = ("concertation", "draft", "to_sign", "in_force")
        contract = self.hub_pact_ids.filtered(
            lambda pact: (
                pact.form == "accompaniment_contract" and pact.state in open_states
            )
        )[:1]
        return (contract or self._hub_write_contract())._get_records_action()

    def _hub_write_contract(self):
        """The contract of this project, its parties and their commitments filled in."""
        self.ensure_one()
        if not self.hub_holder_ids:
            raise UserError(
                self.env._(
                    "“%(project)s” has no holder yet: add the person who will sign the"
                    " contract.",
                    project=self.name,
                )
            )
        template = self._hub_contract_template()
        pact = self.env["hub.pact"].create(self._hub_contract_vals(template))
        pact._add_parties(self._hub_contract_parties())
        pact._assign_commitments()
        return pact

    def _hub_contract_template(self):
        template = self.env["hub.pact.template"].search(
            [
                ("form", "=", "accompaniment_contract"),
                ("company_id", "in", (self.company_id.id, False)),
            ],
            order="company_id, sequence, id",
            limit=1,
        )
        if not template:
            raise UserError(
                self.env._(
                    "There is no template of accompaniment contract: add one under"
                    " Configuration, Pacts."
                )
            )
        return template

    def _hub_contract_vals(self, template):
        company = self.company_id or self.env.company
        lang = self.env["hub.pact"].with_company(company)._default_lang()
        start = fields.Date.context_today(self)
        return {
            **template._pact_vals(lang),
            "name": self.name,
            "template_id": template.id,
            "lead_ids": self.ids,
            "territory_id": self.hub_territory_id.id,
            "lang": lang,
            "user_id": self.user_id.id or self.env.uid,
            "company_id": company.id,
            "date_start": start,
            "next_review_on": template.review_months
            and start + relativedelta(months=template.review_months),
        }

    def _hub_contract_parties(self):
        """``[(partner, category, representative)]``: holders, pair, hub.

        The hub signs by whoever is in charge, named with a capacity.
        """
        self.ensure_one()
        holders = [
            (holder.partner_id, "concerned", False) for holder in self.hub_holder_ids
        ]
        volunteers = [(person, "volunteer", False) for person in self._hub_pair()]
        company = self.company_id or self.env.company
        role = self.user_id.partner_id.function or self.env._("Adviser in charge")
        signing = self.user_id and (self.user_id.name, role)
        hub = (company.partner_id, "hub", signing or False)
        return [*holders, *volunteers, hub]

    def _hub_pair(self):
        """The volunteers who accompany the project."""
        return self.hub_pairing_ids.filtered(
            lambda pairing: (
                pairing.role == "pair" and pairing.state in ("accepted", "active")
            )
        ).volunteer_id
