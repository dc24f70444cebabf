from odoo.tests import new_test_user

from .test_volunteer_hours import HoursMixin

FINANCE = "solidarity_hub.group_hub_finance"


class ValuationMixin(HoursMixin):
    """The year 2025 of Paul and Nadia, counted by hand; today is 10 March 2026.

    ================  ==========  =====  ====  =====
    who and for what  day         hours  rate  value
    ================  ==========  =====  ====  =====
    Paul, accomp.     2025-02-03   2.00    10     20
    Nadia, running    2025-03-01   3.00    20     60
    Paul, accomp.     2025-07-01   1.50    12     18
    Nadia, reception  2025-12-31   0.25    12      3
    in all                         6.75          101
    ================  ==========  =====  ====  =====

    Beside it: 7 hours of an employee, 1 hour not validated, 8 hours taken out, and the
    days just before and after the year.
    """

    @classmethod
    def _set_up_valuation(cls):
        cls._set_up_hours()
        cls.employee = cls.users["adviser"].partner_id
        roles = (cls.paul | cls.nadia | cls.employee).hub_role_ids
        roles.date_start = "2024-01-01"
        rates = cls.env["hub.hours.rate"]
        rates.create(
            [
                {"rate": 10, "date_start": "2024-01-01"},
                {"rate": 12, "date_start": "2025-07-01"},
                {"rate": 20, "date_start": "2025-01-01", "function": "management"},
            ]
        )
        lines = cls.hours.create(
            [
                cls._line(cls.paul, "2025-02-03", 2, "accompaniment"),
                cls._line(cls.nadia, "2025-03-01", 3, "management"),
                cls._line(cls.paul, "2025-07-01", 1.5, "accompaniment"),
                cls._line(cls.nadia, "2025-12-31", 0.25, "reception"),
                cls._line(cls.employee, "2025-05-05", 7, "management"),
                cls._line(cls.paul, "2024-12-31", 5, "network"),
                cls._line(cls.paul, "2026-01-01", 4, "network"),
            ]
        )
        lines.action_validate()
        cls.waiting, out = cls.hours.create(
            [
                cls._line(cls.paul, "2025-09-09", 1, "network"),
                cls._line(cls.nadia, "2025-10-10", 8, "network"),
            ]
        )
        out.active = False
        cls.users["accountant"] = new_test_user(
            cls.env,
            login="hub_accountant",
            groups=f"{FINANCE},account.group_account_manager",
            company_id=cls.company.id,
        )
        cls.year = cls._period("2025")

    @classmethod
    def _line(cls, person, day, hours, function):
        return {
            "partner_id": person.id,
            "date": day,
            "hours": hours,
            "function": function,
        }

    @classmethod
    def _period(cls, year, **vals):
        return cls.env["hub.hours.valuation"].create(
            {"date_start": f"{year}-01-01", "date_end": f"{year}-12-31", **vals}
        )

    def _more(self, hours=1, day="2025-04-04", person=None):
        """More validated time, 10 an hour in the first half of the year."""
        line = self.hours.create(
            self._line(person or self.paul, day, hours, "accompaniment")
        )
        line.action_validate()
        return line

    def _as(self, role, record=None):
        return (record or self.year).with_user(self.users[role])

    def _post(self, record=None, role="accountant"):
        """The entry that posting makes."""
        year = record or self.year
        known = year.entry_ids
        self._as(role, year).action_post()
        self.env.invalidate_all()
        return year.entry_ids - known
