from odoo.tests import tagged

from ..common import ROLE_GROUPS, HubCommon

TEAM = ("adviser", "coordinator", "manager")
# Letters: read, write, create, unlink. Adviser, coordinator, manager; then others.
ROWS = {
    # projects: a volunteer reads his own (rules), nobody else sees them
    ("hub.project.holder", "hub.project.skill"): ("rwcu rwcu rwcu", {"volunteer": "r"}),
    ("hub.project.action", "hub.path.step"): ("rwcu rwcu rwcu", {"volunteer": "r"}),
    ("hub.project.criterion", "hub.opinion", "hub.outcome"): ("rwcu rwcu rwcu", {}),
    ("hub.activity",): ("r rwc rwcu", {"volunteer": "r"}),
    ("hub.programme",): ("r rwc rwcu", {"finance": "rwc"}),
    ("hub.programme.target", "hub.programme.report", "hub.programme.report.line"): (
        "r rwcu rwcu",
        {"finance": "rwcu"},
    ),
    ("hub.programme.indicator",): ("r r rwcu", {"finance": "r"}),
    # names to take away
    ("hub.anonymisation",): ("- r rw", {}),
    # sensitive situation
    ("hub.situation",): ("rwcu rwcu rwcu", {}),
    # roles, skills, conflicts
    ("hub.role", "hub.partner.skill", "hub.conflict", "hub.skill", "hub.charter"): (
        "r rwcu rwcu",
        {"volunteer": "r", "portal": "r"},
    ),
    ("hub.charter.signature",): ("rwc rwcu rwcu", {"volunteer": "r", "portal": "r"}),
    ("hub.charter.person",): ("r r r", {}),
    ("hub.milestone",): ("r rwcu rwcu", {"board": "r"}),
    # needs, diagnoses, territory
    ("hub.need", "hub.diagnosis", "hub.territory"): (
        "rwc rwcu rwcu",
        {"volunteer": "r", "board": "r"},
    ),
    ("hub.diagnosis.line", "hub.territory.zone"): (
        "rwcu rwcu rwcu",
        {"volunteer": "r", "board": "r"},
    ),
    # pairing
    ("hub.pairing",): ("r rwcu rwcu", {"volunteer": "r"}),
    ("hub.pairing.run",): ("r rwc rwc", {}),
    ("hub.pairing.run.line",): ("r rw rw", {}),
    ("hub.pairing.run.person", "hub.pairing.run.alternative"): ("r r r", {}),
    ("hub.skill.coverage", "hub.skill.balance", "hub.person.load"): ("r r r", {}),
    # accompaniment
    ("hub.interview",): ("rwc rwcu rwcu", {"volunteer": "rwc"}),
    ("hub.interview.presence",): ("rwcu rwcu rwcu", {"volunteer": "rwcu"}),
    ("hub.interview.note", "hub.interview.shared"): (
        "rwcu rwcu rwcu",
        {"volunteer": "rwcu", "portal": "r"},
    ),
    ("hub.interview.handover",): ("rc rc rc", {}),
    ("hub.access.log",): ("- - r", {}),
    ("hub.volunteer.hours",): (
        "rwcu rwcu rwcu",
        {"volunteer": "rwcu", "finance": "r", "portal": "r"},
    ),
    ("hub.hours.rate",): ("r r rwcu", {"finance": "rwcu"}),
    ("hub.hours.valuation",): ("- r rwcu", {"finance": "rwcu"}),
    ("hub.hours.entry",): ("- r r", {"finance": "r"}),
    ("hub.knowledge", "hub.exchange", "hub.exchange.participant"): (
        "r rwcu rwcu",
        {"volunteer": "r", "portal": "r"},
    ),
    ("hub.knowledge.match",): ("r r r", {}),
    ("hub.follow.up",): ("rw rw rw", {"volunteer": "r"}),
    ("hub.survival",): ("r r r", {"board": "r"}),
    ("hub.survival.activity",): ("r r r", {}),
    ("hub.project.moment", "hub.attendance.report"): ("r r r", {}),
    # pacts
    ("hub.pact",): ("rwc rwcu rwcu", {"volunteer": "r", "board": "r"}),
    ("hub.pact.goal", "hub.pact.commitment", "hub.pact.term"): (
        "rwcu rwcu rwcu",
        {"volunteer": "r"},
    ),
    ("hub.pact.party", "hub.pact.meeting"): ("rwcu rwcu rwcu", {"volunteer": "r"}),
    ("hub.pact.file",): ("r r r", {}),
    ("hub.indicator", "hub.indicator.step"): (
        "r rwcu rwcu",
        {"volunteer": "r", "board": "r"},
    ),
    # evaluations: the board sees what a year shows, never a line of a person
    ("hub.evaluation", "hub.evaluation.line", "hub.evaluation.person"): (
        "rwcu rwcu rwcu",
        {"volunteer": "r"},
    ),
    ("hub.evaluation.view", "hub.evaluation.report"): ("r r r", {}),
    ("hub.evaluation.year", "hub.indicator.set"): ("r rwcu rwcu", {"board": "r"}),
    ("hub.evaluation.year.line",): ("r r r", {"board": "r"}),
    ("hub.self.evaluation", "hub.self.evaluation.line"): (
        "r rwcu rwcu",
        {"board": "r"},
    ),
    ("hub.self.evaluation.person",): ("- rwcu rwcu", {}),
    ("hub.self.evaluation.answer", "hub.review.answer"): ("- - -", {}),
    # the year: the board reads the review, whose lists behind are the team's
    ("hub.annual.review", "hub.review.figure", "hub.review.point"): (
        "r rwcu rwcu",
        {"board": "r"},
    ),
    ("hub.review.college",): ("r rwcu rwcu", {"board": "r"}),
    ("hub.review.breakdown",): ("r r r", {"board": "r"}),
    ("hub.review.person",): ("- rwcu rwcu", {}),
    ("hub.project.report", "hub.person.report", "hub.network.report"): ("r r r", {}),
    (
        "hub.pact.template",
        "hub.pact.template.goal",
        "hub.pact.template.commitment",
        "hub.pact.template.term",
    ): ("r rwcu rwcu", {}),
    # finance: members of a committee read what they are called to decide (rules)
    (
        "hub.loan",
        "hub.loan.tranche",
        "hub.loan.decision",
        "hub.loan.condition",
        "hub.loan.guarantee",
    ): ("r r r", {"finance": "rwcu", "board": "r", "volunteer": "r"}),
    (
        "hub.loan.basis",
        "hub.loan.basis.rule",
        "hub.loan.product",
        "hub.loan.decision.member",
        "hub.loan.agreement",
        "hub.loan.impairment.rule",
        "hub.loan.declaration.rule",
        "hub.loan.reminder.level",
    ): ("r r r", {"finance": "rwcu"}),
    ("hub.loan.schedule", "hub.loan.instalment"): ("r r r", {"finance": "r"}),
    ("hub.loan.signature",): ("r r r", {"finance": "rw"}),
    ("hub.loan.change", "hub.loan.claim"): ("r r r", {"finance": "r"}),
    ("hub.loan.reminder",): ("r r r", {"finance": "rw"}),
    ("hub.loan.closing",): ("- r r", {"finance": "rwcu"}),
    ("hub.loan.closing.line",): ("- r r", {"finance": "rw"}),
    ("hub.loan.control",): ("- r r", {"finance": "r"}),
    ("hub.fund",): ("r r r", {"board": "r", "finance": "rwcu"}),
    ("hub.fund.line", "hub.fund.forecast"): ("- r r", {"board": "r", "finance": "r"}),
    ("hub.contribution", "hub.contribution.line", "hub.loan.share"): (
        "r r r",
        {"finance": "rwcu"},
    ),
    ("hub.cooperation",): ("r rwcu rwcu", {"finance": "rwcu"}),
    # governance
    (
        "hub.college",
        "hub.body",
        "hub.body.college",
        "hub.meeting",
        "hub.meeting.college",
        "hub.presence",
        "hub.agenda.item",
        "hub.resolution",
        "hub.minutes",
    ): ("r rwcu rwcu", {"volunteer": "r", "board": "r", "finance": "r"}),
    (
        "hub.mandate",
        "hub.fee",
        "hub.resolution.college",
        "hub.resolution.conflict",
    ): ("r rwcu rwcu", {"board": "r", "finance": "r"}),
    ("hub.ballot",): ("r rc rc", {"board": "r", "finance": "r"}),
}


@tagged("post_install", "-at_install")
class TestTableOfRights(HubCommon):
    """Who may do what at all with each model; record rules narrow it further."""

    def _expected(self):
        return {
            model: {
                role: letters
                for role, letters in zip(TEAM, team.split(), strict=True)
                if letters != "-"
            }
            | others
            for models, (team, others) in ROWS.items()
            for model in models
        }

    def _found(self, model):
        found = {}
        for role in ROLE_GROUPS:
            records = self.env[model].with_user(self.users[role])
            found[role] = "".join(
                operation[0]
                for operation in ("read", "write", "create", "unlink")
                if records.has_access(operation)
            )
        return {role: letters for role, letters in found.items() if letters}

    def test_each_model_is_open_to_whom_the_table_says_and_to_nobody_else(self):
        expected = self._expected()
        for model, fields in self.env.registry.items():
            if (
                not model.startswith("hub.")
                or fields._abstract
                or fields._transient
                # areas to come bring their own rows
                or model not in expected
            ):
                continue
            with self.subTest(model):
                self.assertEqual(self._found(model), expected[model])

    def test_no_model_is_open_to_people_outside_the_hub(self):
        for name, model in self.env.registry.items():
            if name.startswith("hub.") and not model._abstract:
                with self.subTest(name):
                    found = self._found(name)
                    self.assertNotIn("sales", found)
                    self.assertNotIn("employee", found)

    def test_the_portal_reads_at_most(self):
        for name, model in self.env.registry.items():
            if name.startswith("hub.") and not model._abstract:
                self.assertIn(self._found(name).get("portal", ""), ("", "r"), name)

    def test_every_access_line_names_its_readers(self):
        domain = [("model_id.model", "=like", "hub.%")]
        access = self.env["ir.model.access"].search(domain)
        self.assertTrue(access)
        self.assertFalse(access.filtered(lambda line: not line.group_id))
