from datetime import date
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from ..common import HubCommon
from ..rpc import RpcCase


class PrivacyMixin:
    """People whom the hub received long ago, and lately."""

    @classmethod
    def _set_up_privacy(cls):
        cls.rows = cls.env["hub.anonymisation"]
        cls.forgetting = cls.env["hub.forgetting"]
        cls.old = cls._received("Otto Old", "2021-03-01")
        cls.recent = cls._received("Rita Recent", "2025-11-01")

    @classmethod
    def _received(cls, name, day, company=None):
        """Somebody who came once and whose file was put away."""
        company = company or cls.company
        person = cls.env["res.partner"].create({"name": name})
        lead = cls.env["crm.lead"].create(
            {
                "name": f"Project of {name}",
                "is_hub_project": True,
                "partner_id": person.id,
                "company_id": company.id,
                "hub_reception_date": day,
            }
        )
        lead.action_archive()
        return person

    def _row(self, person, company=None):
        company = company or self.company
        return self.rows.search(
            [("partner_id", "=", person.id), ("company_id", "=", company.id)]
        )

    def _why(self, person):
        found = self.forgetting._obstacles(person)
        return [reason for _company, reason in found.get(person.id, ())]


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 12:00:00")
class TestAnonymisation(PrivacyMixin, HubCommon):
    """Who is proposed, who is kept, what the manager decides, what the job does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_privacy()

    # Who

    def test_people_without_contact_for_long_are_proposed(self):
        self.rows._propose()
        row = self._row(self.old)
        self.assertEqual(row.state, "proposed")
        self.assertEqual(row.last_contact_on, date(2021, 3, 1))
        self.assertFalse(self._row(self.recent))

    def test_proposing_again_changes_nothing(self):
        self.rows._propose()
        before = self.rows.search([])
        self.rows._propose()
        self.assertEqual(self.rows.search([]), before)

    def test_the_delay_is_a_setting_and_zero_is_never(self):
        self.company.hub_forget_months = 3
        self.rows._propose()
        self.assertTrue(self._row(self.recent))
        self.company.hub_forget_months = 0
        self.rows._propose()
        self.assertFalse(self.rows.search([]))
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.company.hub_forget_months = -1
            self.company.flush_recordset()

    def test_a_new_contact_takes_the_proposal_back(self):
        self.rows._propose()
        self.env["hub.role"].create(
            {
                "partner_id": self.old.id,
                "kind": "volunteer",
                "date_start": "2026-01-01",
                "date_end": "2026-03-01",
            }
        )
        self.rows._propose()
        self.assertFalse(self._row(self.old))

    def test_a_message_written_by_the_person_is_a_contact(self):
        self.old.message_post(body="Hello", author_id=self.old.id, message_type="email")
        self.rows._propose()
        self.assertFalse(self._row(self.old))

    def test_organisations_are_not_proposed(self):
        self.old.is_company = True
        self.rows._propose()
        self.assertFalse(self._row(self.old))

    # Who keeps the name

    def test_whoever_is_accompanied_keeps_the_name(self):
        lead = self.env["crm.lead"].search([("partner_id", "=", self.recent.id)])
        lead = lead or self.env["crm.lead"].with_context(active_test=False).search(
            [("partner_id", "=", self.recent.id)]
        )
        lead.action_unarchive()
        self.assertFalse(self._why(self.recent))
        lead.hub_phase = "accompaniment"
        self.assertEqual(len(self._why(self.recent)), 2)  # the project and the role
        self.assertIn(lead.name, self._why(self.recent)[0])

    def test_whoever_has_a_role_keeps_the_name(self):
        role = self.env["hub.role"].create(
            {"partner_id": self.old.id, "kind": "volunteer", "date_start": "2020-01-01"}
        )
        self.assertTrue(self._why(self.old))
        role.date_end = "2020-12-31"
        self.assertFalse(self._why(self.old))

    def test_whoever_has_an_appointment_keeps_the_name(self):
        lead = (
            self.env["crm.lead"]
            .with_context(active_test=False)
            .search([("partner_id", "=", self.old.id)])
        )
        self.env["hub.interview"].create(
            {
                "lead_id": lead.id,
                "date_start": "2026-03-20 10:00:00",
                "state": "planned",
                "presence_ids": [
                    Command.create({"partner_id": self.old.id, "quality": "holder"}),
                    Command.create({"partner_id": self.recent.id}),
                ],
            }
        )
        self.assertEqual(self._why(self.old), ["Has an appointment to come."])

    def test_whoever_is_still_to_be_called_keeps_the_name(self):
        lead = (
            self.env["crm.lead"]
            .with_context(active_test=False)
            .search([("partner_id", "=", self.old.id)])
        )
        lead.action_unarchive()
        self.env["hub.outcome"].create(
            {"lead_id": lead.id, "kind": "activity_created", "date": "2024-03-01"}
        )
        self.assertEqual(len(self._why(self.old)), 1)
        self.assertIn("to be called", self._why(self.old)[0])

    def test_whoever_works_here_or_is_followed_by_sales_keeps_the_name(self):
        user = new_test_user(self.env, login="works_here")
        self.assertTrue(self._why(user.partner_id))
        self.env["crm.lead"].create({"name": "Sale", "partner_id": self.old.id})
        self.assertEqual(self._why(self.old), ["Is followed by sales too."])

    def test_whoever_stands_in_the_accounts_keeps_the_name_for_ten_years(self):
        account = self.env["account.account"].create(
            {"name": "Test", "code": "HUBX1", "account_type": "expense"}
        )
        journal = self.env["account.journal"].search(
            [("company_id", "=", self.company.id), ("type", "=", "general")], limit=1
        ) or self.env["account.journal"].create(
            {"name": "Hub", "code": "HUBX", "type": "general"}
        )
        move = self.env["account.move"].create(
            {
                "journal_id": journal.id,
                "date": "2017-01-01",
                "line_ids": [
                    Command.create(
                        {
                            "account_id": account.id,
                            "partner_id": self.old.id,
                            side: 10,
                        }
                    )
                    for side in ("debit", "credit")
                ],
            }
        )
        self.assertFalse(self._why(self.old), "a draft is no entry")
        move.action_post()
        self.assertEqual(
            self._why(self.old),
            ["Stands in the accounts, which are kept until 2027-01-01."],
        )
        self.company.hub_accounts_years = 5
        self.assertFalse(self._why(self.old))

    def test_whoever_sits_in_a_body_keeps_the_name_until_the_mandate_ends(self):
        body = self.env["hub.body"].create({"name": "Circle of elders"})
        college = self.env["hub.college"].search(
            [("company_id", "=", self.company.id), ("code", "=", "qualified")], limit=1
        )
        mandate = self.env["hub.mandate"].create(
            {
                "body_id": body.id,
                "college_id": college.id,
                "eligibility_reason": "Founder",
                "partner_id": self.old.id,
                "substitute_id": self.recent.id,
                "date_start": "2020-01-01",
                "date_end": "2099-12-31",
            }
        )
        for person in (self.old, self.recent):
            self.assertEqual(self._why(person), ["Sits in a body: Circle of elders."])
        mandate.date_end = "2020-12-31"
        self.assertFalse(self._why(self.old))

    def test_whoever_borrows_keeps_the_name_until_the_loan_has_ended(self):
        product = self.env["hub.loan.product"].search([], limit=1)
        product = product or self.env["hub.loan.product"].create({"name": "Loan"})
        loan = self.env["hub.loan"].create(
            {"partner_id": self.old.id, "product_id": product.id, "amount": 1000}
        )
        loan.co_borrower_ids = self.recent
        for person in (self.old, self.recent):
            self.assertEqual(len(self._why(person)), 1)
            self.assertIn("a loan that runs", self._why(person)[0])
        loan.action_cancel()
        for person in (self.old, self.recent):
            self.assertFalse(self._why(person))

    def test_whoever_funds_keeps_the_name_as_long_as_money_is_awaited(self):
        contribution = self.env["hub.contribution"].create(
            {"partner_id": self.old.id, "amount_asked": 100}
        )
        self.assertFalse(self._why(self.old), "nobody was asked yet")
        contribution.action_ask()
        self.assertIn("contribution under way", self._why(self.old)[0])

    def test_asking_about_many_costs_as_much_as_asking_about_one(self):
        people = self.old | self.recent
        people |= self.env["res.partner"].create([{"name": f"P{n}"} for n in range(20)])
        self.env["hub.role"].create(
            [
                {
                    "partner_id": person.id,
                    "kind": "volunteer",
                    "date_start": "2020-01-01",
                }
                for person in people
            ]
        )
        counts = []
        for some in (people[:1], people[:1], people):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.forgetting._obstacles(some)
            self.forgetting._last_contacts(some)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])

    # What is to be read before

    def _shared(self, person, other, **vals):
        return self.env["crm.lead"].create(
            {
                "name": "Grocery",
                "is_hub_project": True,
                "hub_reception_date": "2021-03-01",
                "hub_holder_ids": [
                    Command.create({"partner_id": one.id}) for one in (person, other)
                ],
                **vals,
            }
        )

    def test_texts_that_name_somebody_in_part_are_to_be_read(self):
        lead = self._shared(
            self.old,
            self.recent,
            name="Otto's grocery",
            description="<p>Otto Old has the keys</p>",
            hub_summary="A shop",
            hub_action_ids=[Command.create({"name": "Call the bank with Otto"})],
        )
        self.rows._propose()
        row = self._manager(self._row(self.old))
        told = row.to_read.splitlines()
        self.assertEqual(len(told), 2)
        self.assertIn("Otto's grocery", told[0])
        self.assertIn("Call the bank with Otto", told[1])
        self.forgetting._forget(self.old)
        self.assertEqual(lead.name, "Otto's grocery")
        self.assertNotIn("Otto", lead.description)
        lead.name = "The grocery"
        lead.hub_action_ids.name = "Call the bank"
        self.assertFalse(self.forgetting._texts_to_read(self.old))

    def test_texts_about_somebody_alone_go_and_need_no_reading(self):
        lead = self.env["crm.lead"].with_context(active_test=False)
        lead = lead.search([("partner_id", "=", self.old.id)])
        lead.name = "Otto's grocery"
        self.assertFalse(self.forgetting._texts_to_read(self.old))

    def test_texts_of_many_are_found_with_as_many_queries_as_of_one(self):
        people = self.env["res.partner"].create(
            [{"name": f"Walter Name{n}"} for n in range(20)]
        )
        for person in people:
            self._shared(
                person,
                self.recent,
                name="With Walter",
                hub_action_ids=[Command.create({"name": "Walter calls"})],
            )
        counts = []
        for some in (people[:1], people[:1], people):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(len(self.forgetting._texts_to_read(some)), len(some))
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])

    # What the manager decides

    def _manager(self, row):
        return row.with_user(self.users["manager"])

    def test_confirmed_names_are_taken_away_by_the_job(self):
        self.rows._propose()
        row = self._row(self.old)
        self._manager(row).action_confirm()
        self.assertEqual(self.old.name, "Otto Old")
        self.rows._take_away()
        self.assertEqual(row.state, "done")
        self.assertEqual(row.confirmed_by_id, self.users["manager"])
        self.assertEqual(self.old.name, f"Anonymous person {self.old.id}")
        self.assertFalse(self.rows._take_away())
        self.rows._propose()
        self.assertEqual(len(self._row(self.old)), 1)

    def test_what_changed_since_the_confirmation_counts(self):
        self.rows._propose()
        row = self._row(self.old)
        self._manager(row).action_confirm()
        self.env["hub.role"].create(
            {"partner_id": self.old.id, "kind": "volunteer", "date_start": "2026-03-01"}
        )
        self.rows._take_away()
        self.assertEqual(row.state, "proposed")
        self.assertIn("Still has a role", row.note)
        self.assertEqual(self.old.name, "Otto Old")

    def test_whoever_keeps_the_name_cannot_be_confirmed(self):
        self.rows._propose()
        row = self._row(self.old)
        self.env["hub.role"].create(
            {"partner_id": self.old.id, "kind": "volunteer", "date_start": "2026-03-01"}
        )
        with self.assertRaisesRegex(UserError, "Otto Old: Still has a role"):
            self._manager(row).action_confirm()
        self.assertEqual(row.state, "proposed")

    def test_keeping_needs_a_reason_and_comes_back(self):
        self.rows._propose()
        row = self._manager(self._row(self.old))
        with self.assertRaisesRegex(UserError, "say why"):
            row.action_keep()
        with Form(row) as form:
            form.keep_reason = "A file at the labour court"
        row.action_keep()
        self.assertEqual((row.state, row.keep_until), ("kept", date(2027, 3, 10)))
        self.rows._propose()
        self.assertEqual(row.state, "kept")
        with freeze_time("2027-03-11"):
            self.rows._propose()
        self.assertEqual(row.state, "proposed")
        row.keep_until = "2026-01-01"
        with self.assertRaisesRegex(UserError, "is over"):
            row.action_keep()

    def test_a_person_may_ask_however_recent_the_contact_is(self):
        person = self.recent.with_user(self.users["manager"])
        action = person.action_hub_forget()
        row = self.rows.search(action["domain"])
        self.assertEqual((row.partner_id, row.is_asked), (self.recent, True))
        self.assertEqual(person.action_hub_forget()["domain"], action["domain"])
        self.rows._propose()
        self.assertTrue(row.exists(), "it is not taken off the list by the job")
        self._manager(row).action_confirm()
        self.rows._take_away()
        self.assertTrue(self.recent.hub_anonymous_on)
        with self.assertRaises(UserError):
            person.action_hub_forget()

    def test_ordinary_contacts_and_organisations_are_not_the_hubs_to_forget(self):
        stranger = self.env["res.partner"].create({"name": "Customer"})
        for person, is_company in ((stranger, False), (self.old, True)):
            person.is_company = is_company
            with self.assertRaises(UserError):
                person.with_user(self.users["manager"]).action_hub_forget()

    def test_a_failure_leaves_the_person_whole_and_the_job_running(self):
        third = self._received("Third Person", "2020-01-01")
        self.rows._propose()
        rows = self._row(self.old) | self._row(third)
        self._manager(rows).action_confirm()
        forget = type(self.forgetting)._forget

        def fail_once(forgetting, partner):
            forget(forgetting, partner)
            if partner == self.old:
                raise ValueError("broken")

        with (
            patch.object(type(self.forgetting), "_forget", fail_once),
            mute_logger(
                "odoo.addons.solidarity_hub.models.privacy.hub_anonymisation_job"
            ),
        ):
            self.rows._take_away()
        self.env.invalidate_all()
        self.assertEqual(self.old.name, "Otto Old")
        self.assertEqual(self._row(self.old).note, "broken")
        self.assertTrue(third.hub_anonymous_on)
        self.assertFalse(self.rows._count_confirmed())

    def test_one_line_for_a_person_and_hub(self):
        self.rows._propose()
        with self.assertRaises(ValidationError):
            self.rows.sudo().create({"partner_id": self.old.id})

    # Two hubs

    def test_two_hubs_decide_together(self):
        second = self.env["res.company"].create({"name": "Second hub"})
        second._hub_setup()
        shared = self._received("Shared Person", "2020-01-01")
        env = self.env(context={**self.env.context, "allowed_company_ids": second.ids})
        env["crm.lead"].with_company(second).create(
            {
                "name": "There",
                "is_hub_project": True,
                "partner_id": shared.id,
                "company_id": second.id,
                "hub_reception_date": "2020-02-01",
            }
        )
        second.hub_forget_months = 0
        self.rows._propose()
        self.assertFalse(self._row(shared), "the other hub never forgets")
        second.hub_forget_months = 24
        self.rows._propose()
        mine, theirs = self._row(shared), self._row(shared, second)
        self.assertTrue(mine and theirs)
        self._manager(mine).action_confirm()
        self.rows._take_away()
        self.assertEqual((mine.state, theirs.state), ("waiting", "proposed"))
        self.assertEqual(shared.name, "Shared Person")
        theirs.with_context(allowed_company_ids=second.ids).action_confirm()
        self.rows._take_away()
        self.assertEqual((mine.state, theirs.state), ("done", "done"))
        self.assertTrue(shared.hub_anonymous_on)

    def test_why_another_hub_needs_the_name_is_not_told(self):
        second = self.env["res.company"].create({"name": "Second hub"})
        second._hub_setup()
        self.env["hub.role"].with_company(second).create(
            {
                "partner_id": self.old.id,
                "kind": "funder",
                "date_start": "2026-01-01",
                "company_id": second.id,
            }
        )
        row = self.rows.sudo().create({"partner_id": self.old.id})
        self.assertEqual(
            self._manager(row).obstacle,
            "Another hub of this database still needs the name.",
        )


@tagged("post_install", "-at_install")
class TestAnonymisationRights(PrivacyMixin, RpcCase):
    """The manager decides; the coordination reads; nobody else knows the list."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_privacy()
        cls.row = cls.rows.sudo().create({"partner_id": cls.old.id})

    def test_who_reads_the_list(self):
        for role in ("coordinator", "manager"):
            found = self.assert_allowed(
                role, "hub.anonymisation", "search", [("id", "in", self.row.ids)]
            )
            self.assertEqual(found, self.row.ids)
        for role in ("adviser", "board", "finance", "volunteer", "sales", "portal"):
            self.assert_refused(role, "hub.anonymisation", "search", [])

    def test_who_decides(self):
        for role in ("coordinator", "adviser", "board", "volunteer", "portal"):
            for method in ("action_confirm", "action_keep", "action_review"):
                self.assert_refused(role, "hub.anonymisation", method, self.row.ids)
            self.assert_refused(role, "res.partner", "action_hub_forget", self.old.ids)
        self.assert_allowed(
            "manager", "hub.anonymisation", "action_confirm", self.row.ids
        )
        self.assertEqual(self.row.state, "confirmed")

    @mute_logger("odoo.http")
    def test_nothing_is_decided_by_writing(self):
        for vals in (
            {"state": "confirmed"},
            {"state": "done"},
            {"partner_id": self.recent.id},
            {"confirmed_by_id": 1},
        ):
            with self.assertRaises(Exception):  # noqa: B017
                self.call("manager", "hub.anonymisation", "write", self.row.ids, vals)
        with self.assertRaises(Exception):  # noqa: B017
            vals = [{"partner_id": self.recent.id}]
            self.call("manager", "hub.anonymisation", "create", vals)
        self.assert_refused("manager", "hub.anonymisation", "unlink", self.row.ids)
        self.env.invalidate_all()
        self.assertEqual((self.row.state, self.row.partner_id), ("proposed", self.old))

    @mute_logger("odoo.http")
    def test_the_stamp_of_the_contact_is_not_typed_in(self):
        self.assert_refused(
            "sales",
            "res.partner",
            "write",
            self.old.ids,
            {"hub_anonymous_on": "2020-01-01"},
        )
