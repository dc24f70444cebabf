from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL


class HubResolution(models.Model):
    """Who is called to decide, and whom the matter concerns too closely."""

    _inherit = "hub.resolution"

    subject_words = fields.Char(
        string="Decides on",
        compute="_compute_subject_words",
        help="What you may read of it.",
    )

    @api.depends_context("uid", "lang")
    def _compute_subject_words(self):
        for resolution in self:
            resolution.subject_words = ", ".join(
                name
                for records in resolution._readable_subjects()
                for name in records.mapped("display_name")
            )

    @api.model
    def _domain_called(self, partner):
        """Resolutions that this person is called to decide, conflicts left out."""
        seat = self.env["hub.presence"]._hub_domain_for(partner)
        # Whose mandate ended since the convocation is no longer called.
        over = Domain("mandate_id", "any!", Domain("date_end", "<", "today"))
        own = seat & Domain("entitled", "=", True) & ~over
        return (
            Domain("state", "in", ("draft", "open"))
            & Domain("meeting_id.state", "=", "convened")
            & Domain("meeting_id", "any!", Domain("presence_ids", "any!", own))
            & self._domain_college_votes(own)
            & ~Domain("conflict_ids", "any!", Domain("presence_id", "any!", seat))
        )

    @api.model
    def _domain_college_votes(self, own):
        """Of which the college of one of these seats at the same meeting votes."""

        def to_sql(resolutions, alias, _query):
            seats = resolutions.env["hub.presence"]._search(own, bypass_access=True)
            field = resolutions._fields["entitled_college_ids"]
            return SQL(
                "EXISTS (SELECT 1 FROM hub_presence AS seat WHERE seat.id IN %s"
                " AND seat.meeting_id = %s AND seat.college_id IN"
                " (SELECT voting.%s FROM %s AS voting WHERE voting.%s = %s))",
                seats.subselect(),
                resolutions._field_to_sql(alias, "meeting_id"),
                SQL.identifier(field.column2),
                SQL.identifier(field.relation),
                SQL.identifier(field.column1),
                SQL.identifier(alias, "id"),
                to_flush=field,
            )

        chosen = Domain.custom(to_sql=to_sql)
        return Domain("entitled_college_ids", "=", False) | chosen

    # ------------------------------------------------------------
    # What is decided on
    # ------------------------------------------------------------

    @api.model
    def _decided_models(self):
        """Models whose records refer to the resolution that decides on them."""
        names = self.env.registry.descendants(["hub.decided.mixin"], "_inherit")
        found = [self.env[name] for name in sorted(names)]
        return [model for model in found if not model._abstract]

    def _subjects(self):
        """The records that these resolutions decide on, model by model."""
        referring = Domain("resolution_id", "in", self.ids)
        return [
            found
            for model in self._decided_models()
            if (found := model.sudo().with_context(active_test=False).search(referring))
        ]

    def _readable_subjects(self):
        """Of these, what whoever looks may read."""
        found = (
            records.with_env(self.env)._filtered_access("read")
            for records in self._subjects()
        )
        return [records for records in found if records]

    def action_open_subjects(self):
        """The pact, charter or loan that is decided on."""
        self.ensure_one()
        found = self._readable_subjects()
        if not found:
            raise UserError(
                self.env._(
                    "“%(name)s” decides on no record that you may read.",
                    name=self.display_name,
                )
            )
        return found[0]._get_records_action()

    def _subject_concerning(self, partners):
        """The first of these records in which one of these people has an interest."""
        whom = Domain("id", "in", partners.ids)
        for records in self._subjects():
            concerned = records.filtered_domain(records._hub_domain_concerned(whom))
            if concerned:
                return concerned[0]
        return None

    def _hub_in_conflict(self, user):
        """Whether this person left the vote, or is concerned by what is decided, alone
        or as the representative of an organisation."""
        self.ensure_one()
        resolution, partner = self.sudo(), user.partner_id
        if any(seat._is_of(partner) for seat in resolution._left_seats()):
            return True
        seats = resolution.meeting_id.presence_ids.filtered(
            lambda seat: seat._is_of(partner)
        )
        people = partner | partner.parent_id | seats.mandate_id.represented_id
        return bool(resolution._subject_concerning(people))

    def _record_interests(self):
        """Whoever is concerned leaves the vote when it begins; that is noted."""
        self.ensure_one()
        seats = self.sudo()._seats()
        people = {seat: seat._people_behind() for seat in seats}
        everybody = self.env["res.partner"].union(*people.values())
        if not self._subject_concerning(everybody):
            return
        told = self.with_context(lang=self.meeting_id.lang)
        for seat, partners in people.items():
            subject = told._subject_concerning(partners)
            if subject:
                self.env["hub.resolution.conflict"].create(
                    {
                        "resolution_id": self.id,
                        "presence_id": seat.id,
                        "reason": told.env._(
                            "personally concerned by %(record)s",
                            record=subject.display_name,
                        ),
                    }
                )
