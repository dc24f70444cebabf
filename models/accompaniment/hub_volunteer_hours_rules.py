from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL, float_compare, format_date

DAY = 24.0


class HubVolunteerHours(models.Model):
    """What time can be true: on a day of the role, within its 24 hours, not to come."""

    _inherit = "hub.volunteer.hours"

    @api.constrains("hours", "date")
    def _check_hours(self):
        today = fields.Date.context_today(self)
        for line in self:
            if float_compare(line.hours, 0, precision_digits=4) <= 0:
                raise ValidationError(
                    self.env._(
                        "%(line)s: time is more than nothing. Write how long it took,"
                        " or delete the line.",
                        line=line.display_name,
                    )
                )
            if line.date > today:
                raise ValidationError(
                    self.env._(
                        "%(line)s: this day is still to come. Note the time once it"
                        " is given, or correct the date.",
                        line=line.display_name,
                    )
                )

    @api.constrains("partner_id", "date", "company_id")
    def _check_role(self):
        roles = self._counted_roles()
        for line in self:
            held = roles.get((line.partner_id, line.company_id), ())
            if not any(role._holds_on(line.date) for role in held):
                raise ValidationError(line._words_of_no_role(held))

    def _words_of_no_role(self, roles):
        self.ensure_one()
        later = [role for role in roles if role.date_start > self.date]
        if not roles:
            return self.env._(
                "%(line)s: this person is neither volunteer, employee nor qualified"
                " person of the hub. Add the role first, on the person's card.",
                line=self.display_name,
            )
        if len(later) == len(roles):
            return self.env._(
                "%(line)s: the role begins on %(day)s only. Correct the date of the"
                " time, or that of the role on the person's card.",
                line=self.display_name,
                day=format_date(self.env, later[0].date_start),
            )
        ends = [role.date_end for role in roles if role not in later]
        return self.env._(
            "%(line)s: the role ended on %(day)s. Correct the date of the time, or that"
            " of the role on the person's card.",
            line=self.display_name,
            day=format_date(self.env, max(ends)),
        )

    @api.constrains("partner_id", "date", "hours", "active")
    def _check_day(self):
        lines = self.filtered("active")
        totals = lines._hours_of_days()
        for line in lines:
            total = totals[line.partner_id, line.date]
            if float_compare(total, DAY, precision_digits=4) > 0:
                raise ValidationError(
                    self.env._(
                        "%(line)s: that makes %(total)s hours on one day, which has"
                        " 24. Correct the time, or the date.",
                        line=line.display_name,
                        total=f"{total:.2f}".rstrip("0").rstrip("."),
                    )
                )

    def _hours_of_days(self):
        """Hours of these people on these days in all hubs, ``{(person, day): hours}``.

        Their roles are written, so that two additions at the same moment are served
        one after the other (REPEATABLE READ).
        """
        roles = self.env["hub.role"].sudo()
        if ids := roles.search([("partner_id", "in", self.partner_id.ids)]).ids:
            self.env.cr.execute(
                SQL(
                    "UPDATE hub_role SET lock_count = COALESCE(lock_count, 0) + 1"
                    " WHERE id IN %s",
                    tuple(sorted(ids)),
                )
            )
            roles.browse(ids).invalidate_recordset(["lock_count"])
        own = self.sudo().with_context(active_test=True)
        groups = own._read_group(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("date", "in", list(set(self.mapped("date")))),
            ],
            ["partner_id", "date:day"],
            ["hours:sum"],
        )
        return {(partner.sudo(False), day): hours for partner, day, hours in groups}
