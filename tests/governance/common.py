from contextlib import contextmanager
from datetime import datetime, timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command

ROLES = {
    "qualified": "qualified",
    "holders": "holder",
    "volunteers": "volunteer",
    "employees": "employee",
    "funders": "funder",
}
CODES = tuple(ROLES)
WEIGHTS = {
    "qualified": 15,
    "holders": 25,
    "volunteers": 25,
    "employees": 15,
    "funders": 20,
}


class GovernanceMixin:
    """A board of fifteen seats in five colleges, and meetings of it."""

    @classmethod
    def _set_up_board(cls, seats=3, **rules):
        cls.colleges = {
            college.code: college
            for college in cls.env["hub.college"].search(
                [("company_id", "=", cls.company.id)]
            )
        }
        cls.body = cls._create_body(seats=seats, **rules)
        cls.people, cls.mandates = {}, {}
        for code in CODES:
            for number in range(1, seats + 1):
                cls._seat(code, number)
        cls.env.flush_all()

    @classmethod
    def _create_body(cls, seats=3, codes=CODES, **rules):
        return cls.env["hub.body"].create(
            {
                "name": "Board",
                "kind": "board",
                "quorum": "1/2",
                "notice_days": 8,
                "term_months": 0,
                "company_id": cls.company.id,
                "college_ids": [
                    Command.create(
                        {
                            "college_id": cls.colleges[code].id,
                            "seats_max": seats,
                            "weight": WEIGHTS[code],
                            "sequence": number,
                        }
                    )
                    for number, code in enumerate(codes)
                ],
                **rules,
            }
        )

    @classmethod
    def _person(cls, name, kind, **vals):
        person = cls.env["res.partner"].create(
            {"name": name, "email": f"{name.lower().replace(' ', '.')}@example.org"}
            | vals
        )
        cls.env["hub.role"].create(
            {
                "partner_id": person.id,
                "kind": kind,
                "date_start": "2020-01-01",
                "company_id": cls.company.id,
            }
        )
        return person

    @classmethod
    def _seat(cls, code, number, body=None, **vals):
        person = cls._person(f"{code.title()} {number}", ROLES[code])
        cls.people[code, number] = person
        cls.mandates[code, number] = cls.env["hub.mandate"].create(
            {
                "body_id": (body or cls.body).id,
                "partner_id": person.id,
                "college_id": cls.colleges[code].id,
                "date_start": "2024-01-01",
                **vals,
            }
        )
        return person

    @classmethod
    def _plan(cls, body=None, **vals):
        return cls.env["hub.meeting"].create(
            {
                "body_id": (body or cls.body).id,
                "date": fields.Datetime.now() + timedelta(days=20),
                "place": "Maison des associations",
                "lang": "en_US",
                "date_tz": "Europe/Paris",
                "agenda_item_ids": [
                    Command.create({"name": "Fund for first purchases"})
                ],
                **vals,
            }
        )

    @classmethod
    def _convened(cls, body=None, **vals):
        meeting = cls._plan(body, **vals)
        meeting.action_convene()
        return meeting

    @classmethod
    def _opened(cls, present=CODES, body=None, **vals):
        """A meeting under way; :param present: seats ``(code, number)``, or codes."""
        meeting = cls._convened(body, **vals)
        meeting.action_open()
        seats = [
            (code, number)
            for code, number in cls.people
            if code in present or (code, number) in present
        ]
        for seat in seats:
            cls._line(meeting, *seat).action_present()
        return meeting

    @classmethod
    def _line(cls, meeting, code, number):
        person = cls.people[code, number]
        return meeting.presence_ids.filtered(lambda line: line.partner_id == person)

    @classmethod
    def _resolution(cls, meeting, name="A fund", **vals):
        return cls.env["hub.resolution"].create(
            {"meeting_id": meeting.id, "name": name, **vals}
        )

    @classmethod
    def _ballots(cls, resolution, choices):
        """:param choices: ``{(code, number): choice}``"""
        if resolution.state == "draft":
            resolution.entry = "ballots"
            resolution.action_open_vote()
        return cls.env["hub.ballot"].create(
            [
                {
                    "resolution_id": resolution.id,
                    "presence_id": cls._line(resolution.meeting_id, *seat).id,
                    "choice": choice,
                }
                for seat, choice in choices.items()
            ]
        )

    @classmethod
    def _totals(cls, resolution, totals):
        """:param totals: ``{code or None: (for, against, abstentions)}``"""
        if resolution.state == "draft":
            resolution.write(
                {
                    "entry": "totals_per_college",
                    "totals_by_college": None not in totals,
                }
            )
            resolution.action_open_vote()
        for code, (yes, no, abstain) in totals.items():
            college = cls.colleges[code] if code else cls.env["hub.college"]
            line = resolution.line_ids.filtered(
                lambda one, college=college: one.college_id == college
            )
            line.write({"votes_for": yes, "votes_against": no, "abstentions": abstain})
        resolution.action_close_vote()
        return resolution

    @contextmanager
    def assert_rule(self, words):
        """Refused by a rule that says so in these words; nothing is written."""
        with self.assertRaises(UserError) as refused:
            yield
            self.env.flush_all()
        self.assertIn(words, str(refused.exception))

    @staticmethod
    def _noon(days=0):
        return datetime.combine(
            fields.Date.today() + timedelta(days=days), datetime.min.time()
        ) + timedelta(hours=12)
