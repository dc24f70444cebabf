from datetime import date

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import file_open

from ...tools.amortization import build_schedule
from .common import LoanCommon

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = {"quoting": '"', "separator": ",", "has_headers": True, "encoding": "utf-8"}
HEAD = (
    "Numéro,Repris le,Emprunteur,Montant prêté,Débloqué le,Taux,Échéances restantes,"
    "Prochaine échéance,Capital restant dû,Impayé,Dont intérêts impayés,Impayé depuis,"
    "Échéance le,Capital,Intérêts\n"
)
# Running; running with something unpaid and its own schedule; all due, a rest unpaid
GOOD = (
    HEAD
    + "P-07,2025-12-31,amina berenger,6000,2024-12-15,3,24,2026-01-15,4000,,,,,,\n"
    + "P-09,2025-12-31,Denis Œuvrard,3000,2024-06-10,0,,,900,210.50,10.50,2025-11-10,"
    + "2026-01-10,400,2\n"
    + ",,,,,,,,,,,,2026-03-10,300,1.50\n"
    + ",,,,,,,,,,,,2026-04-10,200,0.80\n"
)


@tagged("post_install", "-at_install")
@freeze_time("2026-01-05")
class TestLoanTakeover(LoanCommon):
    """Running loans come as they stand; the opening balances prove them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls._user(
            "takeover_accountant",
            "solidarity_hub.group_hub_finance,account.group_account_manager,"
            "account.group_account_user,base.group_allow_export",
        )

    def _import(self, data, dryrun=False, file_type="text/csv", lang=None):
        screen = (
            self.env["base_import.import"]
            .with_user(self.accountant)
            .with_context(lang=lang or "en_US")
            .create(
                {
                    "res_model": "hub.loan",
                    "file": data if isinstance(data, bytes) else data.encode(),
                    "file_type": file_type,
                }
            )
        )
        plain = file_type == "text/csv"
        preview = screen.parse_preview(dict(CSV) if plain else {"has_headers": True})
        self.assertNotIn("error", preview)
        headers, matches = preview["headers"], preview["matches"]
        names = ["/".join(matches.get(i, [])) or False for i in range(len(headers))]
        self.matched = dict(zip(headers, names, strict=True))
        return screen.execute_import(names, headers, preview["options"], dryrun=dryrun)

    def _taken_over(self):
        result = self._import(GOOD)
        self.assertTrue(result["ids"], result["messages"])
        return self.env["hub.loan"].browse(result["ids"])

    def _open_accounts(self, loan_amount=4900, due_amount=210.5, maturity=None):
        """The opening entry of the accountant, with one line for each borrower late."""
        account, due = (self.company._hub_account(role).id for role in ("loan", "due"))
        rest = self.env["account.account"].search(
            [
                ("company_ids", "in", self.company.ids),
                ("account_type", "=", "equity"),
            ],
            limit=1,
        )
        move = self.env["account.move"].create(
            {
                "date": date(2025, 12, 31),
                "journal_id": self.env["account.journal"]
                .search(
                    [("company_id", "=", self.company.id), ("type", "=", "general")],
                    limit=1,
                )
                .id,
                "line_ids": [
                    Command.create({"account_id": account, "balance": loan_amount}),
                    Command.create(
                        {
                            "account_id": due,
                            "partner_id": self.denis.id,
                            "balance": due_amount,
                            "date_maturity": maturity,
                        }
                    ),
                    Command.create(
                        {"account_id": rest.id, "balance": -loan_amount - due_amount}
                    ),
                ],
            }
        )
        move.action_post()
        return move

    def _control(self):
        self.env["hub.loan.control"].invalidate_model()
        return self.env["hub.loan.control"].search(
            [("company_id", "=", self.company.id), ("is_different", "=", True)]
        )

    def _refused(self, *lines):
        """Import these lines; nothing comes of it: the sentences."""
        count = self.env["hub.loan"].search_count([])
        result = self._import(HEAD + "\n".join(lines) + "\n")
        self.assertFalse(result["ids"])
        self.assertEqual(self.env["hub.loan"].search_count([]), count)
        return " ".join(message["message"] for message in result["messages"])

    # ------------------------------------------------------------
    # As they stood
    # ------------------------------------------------------------

    def test_the_usual_headings_are_recognised(self):
        self._taken_over()
        self.assertEqual(self.matched["Numéro"], "takeover_reference")
        self.assertEqual(self.matched["Capital restant dû"], "takeover_balance")
        self.assertEqual(self.matched["Échéance le"], "instalment_ids/due_date")
        self.assertNotIn(False, self.matched.values())

    def test_a_loan_goes_on_by_its_terms(self):
        loan = self._taken_over()[0]
        self.assertEqual((loan.state, loan.partner_id), ("disbursed", self.amina))
        self.assertEqual((loan.amount, loan.takeover_reference), (6000, "P-07"))
        expected = build_schedule(4000, 3, 24, first_due_date=date(2026, 1, 15))
        self.assertEqual(
            [line._as_tuple() for line in loan.instalment_ids.sorted("sequence")],
            [(x.sequence, x.due_date, x.principal, x.interest) for x in expected],
        )
        self.assertEqual(loan.outstanding_amount, 4000)
        self.assertEqual(loan.disbursement_date, date(2024, 12, 15))

    def test_a_loan_brings_its_own_schedule(self):
        loan = self._taken_over()[1]
        self.assertEqual(
            [
                (x.due_date, x.principal, x.interest, x.balance_after, x.is_opening)
                for x in loan.instalment_ids.sorted("sequence")
            ],
            [
                (date(2025, 11, 10), 200, 10.5, 900, True),
                (date(2026, 1, 10), 400, 2, 500, False),
                (date(2026, 3, 10), 300, 1.5, 200, False),
                (date(2026, 4, 10), 200, 0.8, 0, False),
            ],
        )

    def test_nothing_is_entered_for_the_past(self):
        before = self.env["account.move"].search_count([])
        loans = self._taken_over()
        self.env["hub.loan.instalment"].search([])._domain_to_enter(
            self.env["hub.loan.instalment"]
        )
        self._post_due(loans)
        self.assertEqual(self.env["account.move"].search_count([]), before)
        self.assertFalse(loans.move_ids)

    def test_trying_writes_nothing(self):
        count = self.env["hub.loan"].search_count([])
        result = self._import(GOOD, dryrun=True)
        self.assertFalse(result["messages"])
        self.assertEqual(self.env["hub.loan"].search_count([]), count)

    def test_the_templates_offered_can_be_loaded_as_they_are(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.denis.name = "Denis Martin"
        for name, lang in (("loans", "en_US"), ("prets", "fr_FR")):
            loans = self.env["hub.loan"].with_user(self.accountant)
            offered = loans.with_context(lang=lang).get_import_templates()[0]
            path = f"/solidarity_hub/static/xls/{name}.xlsx"
            self.assertEqual(offered["template"], path)
            with file_open(path.removeprefix("/"), "rb") as file:
                book = file.read()
            result = self._import(book, file_type=XLSX, lang=lang)
            self.assertTrue(result["ids"], result["messages"])
            self.assertNotIn(False, self.matched.values(), self.matched)
            found = self.env["hub.loan"].browse(result["ids"])
            self.assertEqual(len(found[1].instalment_ids), 4)
            self.assertEqual(found.mapped("outstanding_amount"), [4000, 1100])
            self.assertEqual(found.mapped("taeg"), [3.04, 0])
            found.with_user(self.accountant).action_undo_takeover()

    # ------------------------------------------------------------
    # Proven by the opening balances
    # ------------------------------------------------------------

    def test_opening_balances_that_agree_leave_nothing_over(self):
        self.assertFalse(self._control())
        self._open_accounts()
        self.assertEqual(len(self._control()), 2, "balances that no loan explains")
        self._taken_over()
        self.assertFalse(self._control(), self._control().mapped("explanation"))

    def test_loans_may_come_before_the_opening_entry(self):
        loan = self._taken_over()[1]
        opening = loan.instalment_ids.filtered("is_opening")
        self.assertFalse(opening.due_line_id)
        self.assertIn("was found on", opening.explanation)
        named = " ".join(self._control().mapped("explanation"))
        self.assertIn("was found on", named)
        move = self._open_accounts()
        self.assertEqual(opening.due_line_id.move_id, move)
        self.assertEqual(opening.due_line_id.date_maturity, date(2025, 11, 10))
        self.assertEqual(opening.state, "late")
        self.assertEqual((loan.overdue_amount, loan.days_overdue), (210.5, 56))
        self.assertEqual(loan.outstanding_amount, 1100)
        self.assertFalse(self._control(), self._control().mapped("explanation"))

    def test_a_difference_is_named(self):
        self._open_accounts(loan_amount=5000)
        self._taken_over()
        [row] = self._control()
        self.assertEqual(row.account_id, self.company._hub_account("loan"))
        self.assertEqual((row.difference, row.principal_gap), (100, -100))
        for amount in ("5,000.00", "4,900.00", "100.00"):
            self.assertIn(amount, row.explanation.replace("\xa0", " "))

    def test_a_line_of_another_amount_is_not_taken(self):
        loan = self._taken_over()[1]
        self._open_accounts(due_amount=210)
        self.assertFalse(loan.instalment_ids.filtered("is_opening").due_line_id)
        self.assertEqual(len(self._control()), 2)

    def test_the_life_of_a_loan_goes_on_and_the_control_stays_at_zero(self):
        self._open_accounts()
        loans = self._taken_over()
        opening = loans[1].instalment_ids.filtered("is_opening")
        payment = self._pay(opening.action_register_payment())
        self.assertEqual(opening.state, "paid")
        self.assertEqual(payment.hub_loan_id, loans[1])
        self.assertFalse(self._control())
        with freeze_time("2026-04-20"):
            self._post_due(loans)
            self.assertEqual(loans[1].outstanding_amount, 900)
            self._pay(loans[1].action_register_payment(), group_payment=True)
            self.assertEqual(loans[1].state, "repaid")
            self.assertEqual(loans[1].outstanding_amount, 0)
            self.assertFalse(self._control(), self._control().mapped("explanation"))
            rows = loans[1]._statement()
            self.assertEqual((rows[0]["charged"], rows[-1]["balance"]), (1110.5, 0))
            self.assertIn("P-09", rows[0]["label"])

    def test_entering_by_hand_leaves_the_schedule_as_it_came(self):
        loans = self._taken_over()
        before = [line._as_tuple() for line in loans[1].instalment_ids]
        with freeze_time("2026-01-10"):
            loans[1].instalment_ids.action_enter()
        self.assertEqual([x._as_tuple() for x in loans[1].instalment_ids], before)
        self.assertEqual(len(loans[1].move_ids), 1)

    def test_undone_as_long_as_nothing_happened(self):
        self._open_accounts()
        loans = self._taken_over()
        loans.with_user(self.accountant).action_undo_takeover()
        self.assertFalse(loans.exists())
        loans = self._taken_over()
        self._pay(
            loans[1].instalment_ids.filtered("is_opening").action_register_payment()
        )
        with self.assertRaisesRegex(UserError, "has entries, payments"):
            loans[1].with_user(self.accountant).action_undo_takeover()
        self.assertTrue(loans[1].exists())
        with self.assertRaisesRegex(UserError, "was not taken over"):
            self._create_loan().action_undo_takeover()

    # ------------------------------------------------------------
    # Refused, with the line and the rule
    # ------------------------------------------------------------

    def _line(self, **cells):
        """A line that is right but for these cells."""
        usual = {
            "number": "X",
            "day": "2025-12-31",
            "who": "Denis Œuvrard",
            "amount": "100",
            "out": "2025-01-01",
            "rate": "0",
            "left": "1",
            "next": "2026-02-01",
            "balance": "50",
            **dict.fromkeys(("late", "interest_late", "since"), ""),
            **dict.fromkeys(("due", "principal", "interest"), ""),
        }
        return ",".join({**usual, **cells}.values())

    def test_each_mistake_is_named_with_its_line(self):
        plan = {"left": "", "next": "", "due": "2026-02-01", "principal": "50"}
        for cells, said in (
            ({"number": ""}, "write the former number"),
            ({"who": "Nobody"}, "no contact is called “Nobody”"),
            ({"day": "2026-12-31"}, "still to come"),
            ({"day": ""}, "write the day of the take-over"),
            ({"out": "2026-01-01"}, "after the take-over"),
            ({"amount": "0"}, "above zero"),
            ({"rate": "-1"}, "between 0 and 100"),
            ({"balance": "150"}, "more than the 100.00"),
            ({"balance": "-1"}, "not negative"),
            ({"balance": "0"}, "nothing is left"),
            ({"left": ""}, "how many instalments"),
            ({"next": "2025-12-01"}, "next due date"),
            ({"late": "9"}, "since when"),
            (
                {"late": "9", "interest_late": "10", "since": "2025-12-01"},
                "interest is a part",
            ),
            ({"late": "9", "since": "2026-01-02"}, "is not unpaid"),
            ({**plan, "principal": "49"}, "makes 49.00"),
            ({**plan, "due": "2025-12-01"}, "needs a date after"),
            ({**plan, "interest": "-1"}, "not negative"),
        ):
            with self.subTest(cells=cells):
                text = self._refused(self._line(**cells)).replace("\xa0", " ")
                self.assertIn("Line 2", text)
                self.assertIn(said, text)

    def test_one_mistake_and_nothing_is_imported(self):
        text = self._refused(
            self._line(number="A"),
            self._line(number="B", balance="500"),
        )
        self.assertIn("Line 3 (B)", text)
        self.assertNotIn("Line 2", text)

    def test_a_loan_is_taken_over_once(self):
        self._taken_over()
        text = self._refused(
            self._line(number="P-07"),
            self._line(number="N"),
            self._line(number="N"),
        )
        for line in ("Line 2 (P-07)", "Line 4 (N)"):
            self.assertIn(line, text)
        self.assertNotIn("Line 3", text)

    def test_a_name_that_two_people_bear(self):
        self.amina.copy({"name": "Amina BERENGER"})
        self.assertIn(
            "several contacts",
            self._refused(self._line(who="Amina Bérenger")),
        )

    def test_other_columns_are_no_way_around(self):
        loans = self.env["hub.loan"].with_user(self.accountant)
        result = loans.load(["takeover_reference", "state"], [["X", "repaid"]])
        self.assertIn("state", result["messages"][0]["message"])
        for name in ("takeover_date", "takeover_balance"):
            with self.assertRaises(UserError):
                self._create_loan().with_user(self.accountant)[name] = (
                    date(2025, 1, 1) if name == "takeover_date" else 5
                )
        with self.assertRaises(UserError):
            loans.with_context(hub_takeover=True, hub_import=True).create(
                {
                    "partner_id": self.amina.id,
                    "amount": 10,
                    "periods": 1,
                    "takeover_date": date(2025, 1, 1),
                }
            )

    def test_twenty_loans_cost_hardly_more_queries_to_match_than_one(self):
        counts = []
        for count in (1, 20):
            people = self.env["res.partner"].create(
                [{"name": f"Person {count} {n}"} for n in range(count)]
            )
            lines = "".join(
                f"Q{count}-{n},2025-12-31,{person.name},100,2025-01-01,0,1,2026-02-01,"
                "50,10,,2025-12-01,,,\n"
                for n, person in enumerate(people)
            )
            self.assertTrue(self._import(HEAD + lines)["ids"])
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["hub.loan.instalment"]._match_opening()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)
