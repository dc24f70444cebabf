from odoo import fields, models

# What is numbered, and how its numbers begin.
PREFIXES = {"hub.resolution": "R", "hub.minutes": "PV", "hub.fee": "C"}


class ResCompany(models.Model):
    _inherit = "res.company"

    hub_is_scic = fields.Boolean(
        string="SCIC",
        help="A cooperative of collective interest: no college below 10 % or above"
        " 50 % of the votes.",
    )

    def _hub_setup(self):
        result = super()._hub_setup()
        self._hub_setup_colleges()
        for company in self:
            for code in PREFIXES:
                company._governance_sequence(code)
        return result

    def _governance_sequence(self, code):
        """Each hub numbers its own decisions, minutes and receipts."""
        self.ensure_one()
        Sequence = self.env["ir.sequence"].sudo()
        found = Sequence.search(
            [("code", "=", code), ("company_id", "=", self.id)], limit=1
        )
        return found or Sequence.create(
            {
                "name": f"{self.env[code]._description} ({self.name})",
                "code": code,
                "prefix": f"{PREFIXES[code]}%(year)s-",
                "padding": 3,
                "company_id": self.id,
            }
        )

    def _next_governance_number(self, code):
        self.ensure_one()
        return self._governance_sequence(code).next_by_id()

    def _hub_setup_colleges(self):
        """The five colleges, each unless the hub has it (archived ones included)."""
        colleges = self.env["hub.college"].sudo().with_context(active_test=False)
        for company in self:
            known = colleges.search([("company_id", "=", company.id)]).mapped("code")
            for vals in self._hub_college_vals():
                if vals["code"] not in known:
                    college = colleges.create({**vals, "company_id": company.id})
                    company._hub_translate_college(college)

    def _hub_translate_college(self, college):
        for code, _name in self.env["res.lang"].get_installed():
            names = {
                vals["code"]: vals["name"]
                for vals in self.with_context(lang=code)._hub_college_vals()
            }
            college.with_context(lang=code).name = names[college.code]

    def _hub_college_vals(self):
        return [
            {
                "code": "qualified",
                "sequence": 10,
                "name": self.env._("Qualified persons"),
                "role_kind": "qualified",
            },
            {
                "code": "holders",
                "sequence": 20,
                "name": self.env._("Project holders and creators"),
                "role_kind": "holder",
                "include_former": True,
            },
            {
                "code": "volunteers",
                "sequence": 30,
                "name": self.env._("Volunteers"),
                "role_kind": "volunteer",
            },
            {
                "code": "employees",
                "sequence": 40,
                "name": self.env._("Employees"),
                "role_kind": "employee",
            },
            {
                "code": "funders",
                "sequence": 50,
                "name": self.env._("Funders"),
                "role_kind": "funder",
            },
        ]
