from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from ..common import HubCommon
from ..security.common import FullHubMixin
from .figures import all_figures

WORD = "Zyxwvut"
PHONE = "06 99 88 77 66"
# Where the word stands for something else than the person, and why it stays.
STAYS = {
    # names of other people, places, texts and moments of the hub
    "res_partner.name",
    "res_partner.complete_name",
    "hub_need.name",
    "hub_programme.name",
    "hub_programme_report.name",
    "hub_milestone.name",
    "hub_charter.body",
    "hub_knowledge.name",
    "hub_knowledge.words",
    "event_event.hub_presentation",
    "res_partner.commercial_company_name",
    "mail_message.subject",
    "mail_message.body",
    "hub_exchange.name",
    "event_event.name",
    # what belongs to the volunteer, or to an institution, or to a diagnosis of a place
    "hub_volunteer_hours.name",
    "hub_diagnosis.name",
    "hub_diagnosis_line.name",
    # texts of a pact lose the name of the person, not their words
    "hub_pact.name",
    "hub_pact_goal.name",
    "hub_pact_commitment.name",
    "hub_pact_meeting.place",
    # a letter to others, about a town
    "mail_mail.body_html",
    # funds, products and funders are not the person; decisions on a loan are kept,
    # they lose the name alone
    "hub_contribution.purpose",
    "hub_contribution_line.note",
    "hub_cooperation.name",
    "hub_fund.name",
    "hub_fund.note",
    "hub_loan_change.reason",
    "hub_loan_condition.name",
    "hub_loan_decision.committee",
    "hub_loan_decision.motive",
    "hub_loan_guarantee.conditions",
    "hub_loan_product.name",
    # the review of a year names nobody
    "hub_annual_review.introduction",
    "hub_review_breakdown.dimension_label",
    "hub_review_point.text",
    # what was signed, and the file of it
    "hub_pact_file.name",
    "hub_pact_party.text_name",
    "hub_pact.frozen_json",
    "hub_evaluation.frozen_json",
    "hub_evaluation.words",
    "hub_self_evaluation.words",
    "hub_indicator_set.name",
    "ir_attachment.name",
    # why somebody opened a note is on record
    "hub_access_log.reason",
}
SIGNED = {
    "hub_pact.frozen_json",
    "hub_pact_party.text_name",
    "hub_evaluation.frozen_json",
}
TEXT_COLUMNS = """
SELECT col.table_name, col.column_name
  FROM information_schema.columns col
  JOIN information_schema.tables tab USING (table_schema, table_name)
 WHERE col.table_schema = 'public' AND tab.table_type = 'BASE TABLE'
   AND col.data_type IN ('character varying', 'text', 'jsonb', 'json')"""


@tagged("post_install", "-at_install")
class TestForgetting(FullHubMixin, HubCommon):
    """Somebody is forgotten: looked for in every text of the database."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.volunteer = cls.env["res.partner"].create({"name": "Vera Volunteer"})
        cls.found = cls._fill_hub(cls.company, cls.volunteer, word=WORD)
        cls.lead = cls.found["crm.lead"]
        cls.person = cls.lead.partner_id
        cls.name = cls.person.name
        cls.person.write(
            {
                "phone": PHONE,
                "street": f"{WORD} street",
                "zip": "21000",
                "city": WORD,
                "website": f"https://{WORD}.example.org",
                "comment": f"<p>{WORD}</p>",
                "function": f"{WORD} baker",
                "vat": False,
                "ref": WORD,
                "hub_gender": "female",
                "hub_birth_year": 1990,
                "hub_occupation": f"{WORD} cook",
                "hub_territory_id": cls.env["hub.territory"]
                .create({"name": "Here"})
                .id,
                "bank_ids": [(0, 0, {"acc_number": f"FR76 {WORD}"})],
                "child_ids": [
                    (0, 0, {"type": "delivery", "name": cls.name, "street": WORD})
                ],
            }
        )
        cls.user = new_test_user(
            cls.env,
            login=f"{WORD}@example.org",
            name=cls.name,
            groups="base.group_portal",
            partner_id=cls.person.id,
        )
        cls._write_about_the_person()
        cls._end_everything()

    @classmethod
    def _write_about_the_person(cls):
        env = cls.env
        town = cls.found["hub.opinion"].partner_id
        for record in (cls.person, cls.lead, cls.found["hub.pairing"]):
            record.message_post(body=f"{WORD} called")
            env["mail.activity"].create(
                {
                    "res_model_id": env["ir.model"]._get_id(record._name),
                    "res_id": record.id,
                    "summary": f"Call {WORD}",
                    "user_id": env.uid,
                }
            )
            env["ir.attachment"].create(
                {
                    "name": f"{WORD}.txt",
                    "raw": b"A letter",
                    "res_model": record._name,
                    "res_id": record.id,
                }
            )
        town.message_post(
            body=f"{cls.name} was sent here, tel. {PHONE}",
            partner_ids=(cls.person | town).ids,
        )
        town.message_post(body=f"Dear {WORD}", partner_ids=cls.person.ids)
        town.message_post(body=f"{WORD} wrote", author_id=cls.person.id)
        town.message_subscribe(cls.person.ids)
        cls.lead.hub_path_ids.note = f"{WORD} step"
        cls.lead.hub_outcome_ids.reason = f"{WORD} reason"
        cls.lead.hub_holder_ids.part = f"{WORD} part"
        cls.lead.write({"email_from": f"{WORD}@example.org", "phone": PHONE})
        env["ir.attachment"].create(
            {
                "name": f"{WORD}.pdf",
                "raw": b"Confidential",
                "res_model": "hub.interview.note",
                "res_id": cls.found["hub.interview.note"].id,
            }
        )
        env.flush_all()

    @classmethod
    def _end_everything(cls):
        """Nothing is under way any more, as of people who are forgotten."""
        cls.lead.hub_phase = "closed"
        roles = cls.env["hub.role"].search(
            [("partner_id", "in", (cls.person | cls.volunteer).ids)]
        )
        roles.write({"date_start": "2020-01-01", "date_end": "2020-02-01"})
        cls.env.flush_all()

    def _forget(self, person=None):
        self.env["hub.forgetting"]._forget(person or self.person)
        self.env.flush_all()
        self.env.invalidate_all()

    def _columns_with(self, word):
        self.env.cr.execute(TEXT_COLUMNS)
        found = {}
        for table, column in self.env.cr.fetchall():
            self.env.cr.execute(
                SQL(
                    "SELECT %(column)s::text FROM %(table)s"
                    " WHERE %(column)s::text ILIKE %(word)s LIMIT 3",
                    column=SQL.identifier(column),
                    table=SQL.identifier(table),
                    word=f"%{word}%",
                )
            )
            if rows := self.env.cr.fetchall():
                found[f"{table}.{column}"] = rows
        return found

    def test_the_fixture_is_full_of_the_person(self):
        found = self._columns_with(self.name)
        self.assertGreater(len(self._columns_with(WORD)), 40)
        self.assertIn("mail_message.body", found)

    def test_no_text_of_the_database_names_the_person_any_more(self):
        self._forget()
        words = (self.name, f"{WORD}@", PHONE, "0699887766", "699887766")
        for word in words:
            self.assertFalse(set(self._columns_with(word)) - SIGNED, word)

    def test_what_was_signed_still_verifies(self):
        kinds = [
            name
            for name, model in self.env.registry.items()
            if "frozen_hash" in model._fields and not model._abstract
        ]
        domain = [("frozen_on", "!=", False)]
        signed = [self.env[name].sudo().search(domain) for name in kinds]
        texts = [(r, r.frozen_json, r.frozen_hash) for rs in signed for r in rs]
        files = [(r.frozen_pdf_id, r.frozen_pdf_id.raw) for rs in signed for r in rs]
        self.assertGreater(len(texts), 1)
        signature = self.found["hub.charter.signature"]
        self._forget()
        self._forget(self.volunteer)
        for record, text, fingerprint in texts:
            self.assertEqual(record.frozen_json, text)
            self.assertEqual(record.frozen_hash, fingerprint)
            self.assertEqual(record._fingerprint(text.encode()), fingerprint)
        for file, content in files:
            self.assertEqual(file.exists().raw, content)
        self.assertEqual(signature.answer, "yes")

    def test_what_was_written_about_the_person_is_gone(self):
        self._forget()
        found = self._columns_with(WORD)
        self.assertFalse(
            {column: rows for column, rows in found.items() if column not in STAYS}
        )

    def test_what_is_listed_to_stay_is_there(self):
        """The list above tells the truth: nothing on it that is not needed."""
        self._forget()
        self.assertFalse(STAYS - set(self._columns_with(WORD)))

    def test_every_figure_recomputed_is_unchanged(self):
        before = all_figures(self.env, self.company)
        self.assertGreater(sum(map(len, before.values())), 5)
        self._forget()
        self._forget(self.volunteer)
        self.maxDiff = None
        self.assertEqual(all_figures(self.env, self.company), before)

    def test_facts_that_figures_group_by_stay_without_a_name(self):
        self._forget()
        holder = self.lead.hub_holder_ids
        self.assertEqual(holder.kept_gender, "female")
        self.assertTrue(holder.kept_age_band)
        self.assertEqual(self.person.hub_gender, "female")
        self.assertFalse(self.person.hub_birth_year)
        self.assertTrue(holder.situation_ids)
        self.assertFalse(self.person.active)
        self.assertEqual(self.person.name, f"Anonymous person {self.person.id}")

    def test_the_portal_is_closed_and_links_open_nothing(self):
        self.assertTrue(self.found["hub.pairing"].holder_token)
        self._forget()
        self.assertFalse(self.user.active)
        self.assertEqual(self.user.login, f"forgotten-{self.user.id}")
        presence = self.found["hub.interview.presence"].filtered(
            lambda line: line.partner_id == self.person
        )
        self.assertFalse(presence.sudo().access_token)

    def test_notes_and_their_files_are_gone_the_interview_stays(self):
        note, interview = self.found["hub.interview.note"], self.found["hub.interview"]
        self._forget()
        self.assertFalse(note.exists())
        self.assertTrue(interview.exists())
        self.assertFalse(
            self.env["ir.attachment"].search([("res_model", "=", "hub.interview.note")])
        )
        self.assertTrue(self.found["hub.access.log"].exists())

    def test_others_of_the_same_project_keep_it(self):
        other = self.env["res.partner"].create({"name": "Olga Other"})
        self.lead.write(
            {
                "hub_holder_ids": [(0, 0, {"partner_id": other.id})],
                "description": f"<p>{self.name} and Olga bake</p>",
            }
        )
        note = self.found["hub.interview.note"]
        note.sudo().body = f"{self.name} and Olga talked"
        self._forget()
        anonymous = self.person.name
        self.assertEqual(self.lead.description, f"<p>{anonymous} and Olga bake</p>")
        self.assertEqual(note.sudo().body, f"{anonymous} and Olga talked")
        self.assertEqual(self.lead.partner_id, other)
        self.assertEqual(self.lead.hub_holder_ids.partner_id, self.person | other)
        # With the last of them the story goes.
        self._forget(other)
        self.assertFalse(self.lead.description)
        self.assertFalse(note.exists())

    def test_a_namesake_is_not_touched(self):
        namesake = self.env["res.partner"].create(
            {"name": self.name, "email": "namesake@example.org"}
        )
        lead = self.env["crm.lead"].create(
            {
                "name": f"Garden of {self.name}",
                "is_hub_project": True,
                "partner_id": namesake.id,
            }
        )
        self._forget()
        self.assertEqual(namesake.name, self.name)
        self.assertEqual(lead.name, f"Garden of {self.name}")

    def test_what_a_former_colleague_wrote_about_others_stays_with_them(self):
        user = new_test_user(self.env, login="former", name="Fanny Former")
        town = self.found["hub.opinion"].partner_id
        town.with_user(user).sudo().message_post(
            body="Fanny Former met the mayor", author_id=user.partner_id.id
        )
        user.active = False
        self._forget(user.partner_id)
        message = self.env["mail.message"].search(
            [("author_id", "=", user.partner_id.id), ("res_id", "=", town.id)]
        )
        name = f"Anonymous person {user.partner_id.id}"
        self.assertEqual(message.body, f"<p>{name} met the mayor</p>")
        self.assertFalse(self._columns_with("Fanny Former"))

    def test_forgetting_twice_changes_nothing_more(self):
        self._forget()
        name, day = self.person.name, self.person.hub_anonymous_on
        figures = all_figures(self.env, self.company)
        self._forget()
        self.assertEqual(self.person.name, name)
        self.assertEqual(self.person.hub_anonymous_on, day)
        self.assertEqual(self.lead.hub_holder_ids.kept_gender, "female")
        self.assertTrue(self.lead.hub_holder_ids.kept_age_band)
        self.assertEqual(all_figures(self.env, self.company), figures)
