from typing import NamedTuple

from odoo import api, fields, models

from ...tools.ballot_quorum import quorum_reached


class Count(NamedTuple):
    """People of a college at a moment."""

    entitled: int = 0
    present: int = 0
    represented: int = 0


class Asked(NamedTuple):
    """A quorum: whose, how many are needed and there, whether that is enough."""

    name: str
    needed: int
    there: int
    entitled: int
    reached: bool


class HubMeeting(models.Model):
    """Who is there, and whether that is enough: announced before, and as it is now."""

    _inherit = "hub.meeting"

    entitled_count = fields.Integer(
        string="Members", compute="_compute_attendance", compute_sudo=True
    )
    coming_count = fields.Integer(
        string="Coming", compute="_compute_attendance", compute_sudo=True
    )
    present_count = fields.Integer(
        string="Present", compute="_compute_attendance", compute_sudo=True
    )
    represented_count = fields.Integer(
        string="Represented", compute="_compute_attendance", compute_sudo=True
    )
    waiting_count = fields.Integer(
        string="Without an answer", compute="_compute_attendance", compute_sudo=True
    )
    by_letter_count = fields.Integer(
        string="Without e-mail", compute="_compute_attendance", compute_sudo=True
    )
    quorum_reached = fields.Boolean(compute="_compute_attendance", compute_sudo=True)
    looks_enough = fields.Boolean(
        compute="_compute_attendance",
        compute_sudo=True,
        help="The quorum of those there, or before the meeting of those announced.",
    )
    quorum_words = fields.Char(
        string="Attendance", compute="_compute_attendance", compute_sudo=True
    )
    in_session = fields.Boolean(compute="_compute_in_session")

    @api.depends(
        "state",
        "opened_at",
        "closed_at",
        "presence_ids.state",
        "presence_ids.answer",
        "presence_ids.entitled",
        "presence_ids.arrival",
        "presence_ids.departure",
        "presence_ids.proxy_to_id",
        "presence_ids.partner_id.email",
    )
    @api.depends_context("lang")
    def _compute_attendance(self):
        for meeting in self:
            lines = meeting.presence_ids
            voting = lines.filtered("entitled")
            expected = meeting._count(expected=True)
            counts = meeting._count()
            asked = meeting._quorums(counts)
            meeting.entitled_count = len(voting)
            meeting.coming_count = sum(count.present for count in expected.values())
            meeting.present_count = sum(count.present for count in counts.values())
            meeting.represented_count = sum(one.represented for one in counts.values())
            meeting.waiting_count = len(lines.filtered(lambda a: a.answer == "waiting"))
            meeting.by_letter_count = len(
                lines.filtered(lambda line: not line.partner_id.sudo().email)
            )
            meeting.quorum_reached = all(one.reached for one in asked)
            announced = meeting._quorums(expected) if meeting._awaited() else asked
            meeting.looks_enough = all(one.reached for one in announced)
            meeting.quorum_words = meeting._attendance_words(counts, expected)

    @api.depends("state", "opened_at", "closed_at")
    def _compute_in_session(self):
        for meeting in self:
            meeting.in_session = meeting._in_session()

    # ------------------------------------------------------------
    # Counting
    # ------------------------------------------------------------

    def _count(self, moment=None, lines=None, expected=False):
        """People by college, ``{college: Count}``; without colleges, of none.

        :param moment: when; left out: now, or what the whole meeting was once over
        :param lines: the seats that count; left out: all that may vote
        :param expected: what the answers announce, not who is there
        """
        self.ensure_one()
        seats = self.presence_ids if lines is None else lines
        none = self.env["hub.college"]
        counts = dict.fromkeys(self.college_ids.college_id or none, Count())
        for line in seats.filtered("entitled"):
            key = line.college_id or none
            known = counts.get(key, Count())
            there = self._there(line, moment, expected)
            counts[key] = Count(
                known.entitled + 1,
                known.present + (there == "present"),
                known.represented + (there == "represented"),
            )
        return counts

    def _there(self, line, moment, expected):
        """“present”, “represented” or neither."""
        if expected:
            if line._is_expected():
                return "present"
            holder = line.proxy_to_id
            return "represented" if holder and holder._is_expected() else None
        if moment is None:
            moment = fields.Datetime.now() if self._in_session() else None
        voter = line._voter(moment) if moment else line._voter_at_all()
        if voter == line:
            return "present"
        return "represented" if voter else None

    def _total(self, counts):
        """All colleges together."""
        return Count(*map(sum, zip(*counts.values(), strict=True)))

    def _quorums(self, counts):
        """The quorums asked here: of all together, and of each college."""
        self.ensure_one()
        found = []
        whole = self._read_part("quorum")
        if whole:
            found.append(self._ask("", self._total(counts), whole))
        part = self._read_part("college_quorum")
        names = {line.college_id: line.name for line in self.college_ids}
        if part:
            found += [
                self._ask(names.get(college, college.name), count, part)
                for college, count in counts.items()
                if count.entitled
            ]
        return found

    def _ask(self, name, count, part):
        asked = quorum_reached(
            count.present,
            count.represented,
            count.entitled,
            quorum=part,
            count_proxies=self.quorum_with_proxies,
        )
        there = count.present + (count.represented if self.quorum_with_proxies else 0)
        return Asked(name, asked.needed, there, count.entitled, asked.reached)

    # ------------------------------------------------------------
    # In words
    # ------------------------------------------------------------

    def _awaited(self):
        """Convened, and not begun yet."""
        return self.state == "convened" and not self.opened_at

    def _attendance_words(self, counts, expected):
        """How it looks: a forecast before the meeting, what is there from then on."""
        if self.state in ("planned", "cancelled") or not self.presence_ids:
            return ""
        coming = self._awaited()
        shown = expected if coming else counts
        numbers = self._total(shown)._asdict()
        if coming:
            said = self.env._(
                "Announced: %(present)s of %(entitled)s members, and %(represented)s"
                " by proxy.",
                **numbers,
            )
        else:
            said = self.env._(
                "%(present)s of %(entitled)s members present, %(represented)s"
                " represented.",
                **numbers,
            )
        return " ".join([said, *self._quorum_sentences(self._quorums(shown), coming)])

    def _quorum_sentences(self, quorums, coming):
        return [self._quorum_sentence(one, coming) for one in quorums]

    def _quorum_sentence(self, asked, coming=False):
        words = {"there": asked.there, "needed": asked.needed, "name": asked.name}
        if asked.name:
            if asked.reached:
                return self.env._(
                    "%(name)s: quorum reached (%(there)s, needed: %(needed)s).", **words
                )
            return self.env._(
                "%(name)s: quorum not reached (%(there)s, needed: %(needed)s).", **words
            )
        if asked.reached:
            return self.env._(
                "Quorum reached (%(there)s, needed: %(needed)s).", **words
            )
        if coming:
            return self.env._(
                "The quorum would not be reached (%(there)s, needed: %(needed)s).",
                **words,
            )
        return self.env._(
            "Quorum not reached (%(there)s, needed: %(needed)s).", **words
        )
