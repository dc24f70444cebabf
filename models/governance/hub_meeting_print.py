from odoo import models
from odoo.exceptions import UserError

from ...reports.print_words import long_date


class HubMeeting(models.Model):
    """What the documents of a meeting say."""

    _inherit = "hub.meeting"

    def _hub_print_lang(self):
        self.ensure_one()
        return self.lang

    def _print_when(self):
        """“on 12 May 2026 at 18:30”"""
        self.ensure_one()
        return self.env._(
            "on %(date)s at %(hour)s",
            date=long_date(self.env, self._day()),
            hour=self._hour(self.date),
        )

    def _print_watermark(self):
        """Before it is convened the convocation is a draft."""
        if self.state == "cancelled":
            return self.env._("CANCELLED")
        return self.env._("DRAFT") if self.state == "planned" else False

    def _print_invitation(self):
        """The sentence that convenes."""
        if self.first_call_id:
            return self.env._(
                "The quorum was not reached at the first meeting: you are convened a"
                " second time, and whoever is there decides."
            )
        if not self.proxies_per_person:
            return self.env._(
                "You are convened to this meeting. If you cannot come, tell us."
            )
        return self.env._(
            "You are convened to this meeting. If you cannot come, tell us, and give a"
            " proxy to another member where the rules allow it."
        )

    def _print_desk(self):
        """Who presided and who wrote."""
        said = []
        if self.chair_id:
            said.append(
                self.env._("Chaired by %(name)s.", name=self.chair_id.sudo().name)
            )
        if self.secretary_id:
            said.append(
                self.env._("Minutes by %(name)s.", name=self.secretary_id.sudo().name)
            )
        return " ".join(said)

    def _draft_closing(self):
        if not self.closed_at:
            return self.env._("There being no further business, the meeting is closed.")
        return self.env._(
            "There being no further business, the meeting is closed at %(hour)s.",
            hour=self._hour(self.closed_at),
        )

    def _print_times(self):
        """When it was opened and closed, by the clock of the place."""
        if self.opened_at and self.closed_at:
            return self.env._(
                "Opened at %(start)s, closed at %(end)s.",
                start=self._hour(self.opened_at),
                end=self._hour(self.closed_at),
            )
        if self.opened_at:
            return self.env._("Opened at %(start)s.", start=self._hour(self.opened_at))
        return ""

    def _print_convened(self):
        """How and when people were convened."""
        if not self.convened_on:
            return self.notice_reason or ""
        said = self.env._(
            "Convened on %(date)s, with the agenda.",
            date=long_date(self.env, self.convened_on),
        )
        if not self.notice_reason:
            return said
        return " ".join([said, self.notice_reason])

    def _print_rules(self):
        """The rules of the meeting, each a sentence."""
        said = []
        if self.quorum:
            words = {"part": self.quorum}
            said.append(
                self.env._(
                    "Quorum: %(part)s of the members, present or represented.", **words
                )
                if self.quorum_with_proxies
                else self.env._(
                    "Quorum: %(part)s of the members, present in person.", **words
                )
            )
        elif self.first_call_id:
            said.append(self.env._("Second call: no quorum is required."))
        if self.college_quorum:
            said.append(
                self.env._(
                    "Quorum of each college: %(part)s.", part=self.college_quorum
                )
            )
        said.append(self._print_proxy_rule())
        return said

    def _print_proxy_rule(self):
        if not self.proxies_per_person:
            return self.env._("Nobody may be represented.")
        if self.proxies_per_person == 1:
            said = self.env._("Each person may hold one proxy.")
        else:
            said = self.env._(
                "Each person may hold %(count)s proxies.", count=self.proxies_per_person
            )
        if self.proxy_same_college:
            return " ".join([said, self.env._("A proxy stays within the college.")])
        return said

    def _settled_resolutions(self):
        """In the order of the meeting, those that were decided."""
        return self.resolution_ids.filtered(lambda r: r.state == "closed").sorted(
            lambda r: (
                r.agenda_item_id.sequence,
                r.agenda_item_id.id,
                r.sequence,
                r.closed_on,
                r.id,
            )
        )

    def _print_people(self):
        """Lines of the list to sign, by college (none where the body has none):
        ``[(college, lines)]``."""
        names = {line.college_id: line.name for line in self.college_ids}
        groups = self.presence_ids.grouped(
            lambda line: names.get(line.college_id, "") if line.voting else None
        )
        guests = groups.pop(None, None)
        return list(groups.items()) + (
            [(self.env._("Guests, without a vote"), guests)] if guests else []
        )

    def action_print_attendance(self):
        """The list to sign."""
        return self.env.ref("solidarity_hub.report_meeting_attendance").report_action(
            self
        )

    def action_print_convocation(self):
        """The convocation as it was sent; before that, a draft."""
        self.ensure_one()
        if self.convocation_file:
            return {
                "type": "ir.actions.act_url",
                "url": f"/web/content/hub.meeting/{self.id}/convocation_file"
                f"?download=true&filename={self.convocation_name}",
                "target": "download",
            }
        return self.env.ref("solidarity_hub.report_convocation").report_action(self)

    def action_print_proxies(self):
        """Blank proxies for those who are not coming."""
        lines = self.presence_ids.filtered("voting")
        if not lines:
            raise UserError(
                self.env._("Convene the meeting first: it has no list of people yet.")
            )
        return self.env.ref("solidarity_hub.report_blank_proxy").report_action(lines)

    def action_write_minutes(self):
        """The minutes, drafted from the records the first time."""
        self.ensure_one()
        minutes = self.minutes_ids[:1]
        if not minutes:
            self.check_access("write")
            minutes = self.env["hub.minutes"].create({"meeting_id": self.id})
        return minutes._get_records_action()

    def _college_line(self, college):
        """The college as it was when the meeting was convened."""
        return self.college_ids.filtered(lambda line: line.college_id == college)
