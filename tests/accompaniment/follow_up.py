from datetime import date

from odoo.tests import Form


class FollowUpMixin:
    """A project whose activity was created on 10 January 2024."""

    @classmethod
    def _set_up_follow_ups(cls):
        cls.follow_ups = cls.env["hub.follow.up"]
        cls.adviser = cls.users["adviser"]
        cls.amina = cls.env["res.partner"].create(
            {"name": "Amina", "phone": "06 39 98 20 20"}
        )
        cls.project = cls._project("Bakery", cls.amina)

    @classmethod
    def _project(cls, name, holder=None, phase="accompaniment", **vals):
        holder = holder or cls.env["res.partner"].create({"name": f"{name} holder"})
        lead = cls.env["crm.lead"].create(
            {
                "name": name,
                "is_hub_project": True,
                "partner_id": holder.id,
                "user_id": cls.adviser.id,
                "hub_reception_date": "2010-01-01",
                **vals,
            }
        )
        lead.hub_phase = phase
        if lead.hub_accompaniment_start:
            lead.hub_accompaniment_start = "2011-01-01"
        return lead

    @classmethod
    def _created(cls, lead=None, day="2024-01-10", **vals):
        """An activity that was created."""
        return cls.env["hub.outcome"].create(
            {
                "lead_id": (lead or cls.project).id,
                "kind": "activity_created",
                "date": day,
                **vals,
            }
        )

    @classmethod
    def _row(cls, outcome, moment):
        return outcome.follow_up_ids.filtered(lambda row: row.moment == moment)

    def _call(self, row, role="adviser", **vals):
        """Note an answer on the screen of the call."""
        row = row.with_user(self.users[role])
        action = row.action_call()
        calls = self.env["hub.follow.up.call"].with_user(self.users[role])
        form = Form(calls.with_context(**action["context"]))
        for name, value in vals.items():
            form[name] = value
        form.save().action_save()

    @staticmethod
    def _day(text):
        return date.fromisoformat(text)
