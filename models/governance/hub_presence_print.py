from odoo import models


class HubPresence(models.Model):
    """What the documents say of a seat."""

    _inherit = "hub.presence"

    def _hub_print_lang(self):
        self.ensure_one()
        return self.partner_id.lang or self.meeting_id.lang

    def _print_college(self):
        """The college by the name it had when the meeting was convened."""
        line = self.meeting_id._college_line(self.college_id)
        return line.name or self.college_id.name or ""

    def _print_seat(self):
        """College and organisation, on one line."""
        return ", ".join(filter(None, [self._print_college(), self.represented_name]))

    def _print_sign_hint(self):
        """What is known already, where one signs."""
        if self.state == "represented" and self.proxy_to_id:
            return self.env._("proxy to %(holder)s", holder=self.proxy_to_id.name)
        if self.state in ("excused", "absent"):
            return dict(self._fields["state"]._description_selection(self.env))[
                self.state
            ].lower()
        return ""

    def _print_attendance(self):
        """Present, represented by whom, excused: as the minutes tell it."""
        self.ensure_one()
        meeting = self.meeting_id
        said = dict(self._fields["state"]._description_selection(self.env))[self.state]
        if self.state == "represented":
            holder = self.proxy_to_id
            if holder.state == "present":
                return self.env._("Represented by %(holder)s", holder=holder.name)
            if holder:
                return self.env._(
                    "Proxy to %(holder)s, who was not there: void", holder=holder.name
                )
            return self.env._("Blank proxy, given to nobody: void")
        notes = [said]
        if self.state == "present":
            if self.by_substitute and self.substitute_id:
                notes.append(self.env._("by %(name)s", name=self.substitute_id.name))
            if self.arrival:
                notes.append(
                    self.env._("from %(hour)s", hour=meeting._hour(self.arrival))
                )
            if self.departure:
                notes.append(
                    self.env._("until %(hour)s", hour=meeting._hour(self.departure))
                )
            if self.departure and self.proxy_to_id:
                notes.append(
                    self.env._("then by %(holder)s", holder=self.proxy_to_id.name)
                )
        return ", ".join(notes)

    def _frozen_values(self):
        return {
            "name": self.name,
            "in_the_name_of": self.represented_name or "",
            "college": self._print_college(),
            "votes": self.entitled,
            "attendance": self._print_attendance(),
        }
