from odoo.tests import tagged

from ..rpc import RpcCase

WRITERS = ("adviser", "coordinator", "manager")
OUTSIDERS = ("finance", "sales", "employee", "portal")


@tagged("post_install", "-at_install")
class TestTerritoryRights(RpcCase):
    """Needs, diagnoses and territory: the row of the table of rights."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.me = cls.users["volunteer"].partner_id
        cls.own, cls.other = {}, {}
        for records, person in ((cls.own, cls.me), (cls.other, None)):
            for model, vals in cls._vals(person).items():
                records[model] = cls.env[model].create(vals)
        cls.territory = cls.env["hub.territory"].create({"name": "Grandville"})

    @classmethod
    def _vals(cls, person=None):
        ids = person.ids if person else []
        return {
            "hub.need": {"name": "Repairs", "stated_by_id": ids and ids[0]},
            "hub.diagnosis": {"name": "Valley", "participant_ids": [(6, 0, ids)]},
        }

    def test_advisers_coordinators_and_managers_write(self):
        for role in WRITERS:
            for model, record in self.other.items():
                with self.subTest(model, role=role):
                    self.assert_allowed(role, model, "create", self._vals()[model])
                    self.assert_allowed(
                        role, model, "write", record.ids, {"name": role}
                    )
            self.assert_allowed(
                role, "hub.territory", "write", self.territory.ids, {"zips": "1"}
            )

    def test_volunteers_read_their_own(self):
        for model, record in self.own.items():
            with self.subTest(model):
                found = self.assert_allowed("volunteer", model, "search", [])
                self.assertEqual(found, record.ids)
                self.assert_hidden("volunteer", model, self.other[model])
                self.assert_refused(
                    "volunteer", model, "write", record.ids, {"name": "x"}
                )
        self.assert_allowed(
            "volunteer", "hub.territory", "read", self.territory.ids, ["name"]
        )

    def test_the_board_reads_all_and_writes_nothing(self):
        for model, record in self.other.items():
            with self.subTest(model):
                self.assert_allowed("board", model, "read", record.ids, ["name"])
                self.assert_refused("board", model, "write", record.ids, {"name": "x"})
        self.assert_refused(
            "board", "hub.territory", "write", self.territory.ids, {"zips": "1"}
        )

    def test_the_board_does_not_read_the_diagnosis_of_a_project(self):
        team = self.env["crm.team"].search([("is_hub_team", "=", True)], limit=1)
        project = self.env["crm.lead"].create(
            {
                "name": "A café",
                "is_hub_project": True,
                "team_id": team.id,
                "company_id": self.company.id,
            }
        )
        diagnosis = self.env["hub.diagnosis"].create(
            {
                "name": "Where we stand",
                "lead_id": project.id,
                "line_ids": [(0, 0, {"kind": "constraint", "name": "Little money"})],
            }
        )
        self.assert_hidden("board", "hub.diagnosis", diagnosis)
        self.assert_hidden("board", "hub.diagnosis.line", diagnosis.line_ids)
        self.assert_allowed("adviser", "hub.diagnosis", "read", diagnosis.ids, ["name"])

    def test_others_see_nothing(self):
        for role in OUTSIDERS:
            for model, record in self.other.items():
                with self.subTest(model, role=role):
                    self.assert_refused(role, model, "read", record.ids, ["name"])
            self.assert_refused(
                role, "hub.territory", "read", self.territory.ids, ["name"]
            )

    def test_findings_follow_their_diagnosis(self):
        lines = {
            name: self.env["hub.diagnosis.line"].create(
                {"diagnosis_id": records["hub.diagnosis"].id, "name": "A hall"}
            )
            for name, records in (("own", self.own), ("other", self.other))
        }
        found = self.assert_allowed("volunteer", "hub.diagnosis.line", "search", [])
        self.assertEqual(found, lines["own"].ids)
        self.assert_hidden("volunteer", "hub.diagnosis.line", lines["other"])

    def test_another_hub_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Second hub"})
        company._hub_setup()
        self.users["manager"].write(
            {"company_ids": [(6, 0, company.ids)], "company_id": company.id}
        )
        for model, record in self.other.items():
            self.assert_hidden("manager", model, record)
