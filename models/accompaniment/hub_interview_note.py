from functools import partial

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from .hub_interview_presence import ACCOMPANYING

PARTNERS = "res.partner"


class HubInterviewNote(models.Model):
    """What was said at an interview, for those who may know it.

    Who reads it is written down with the note, when it is written: being added to an
    interview or to a project afterwards opens nothing. Only the author changes it.
    """

    _name = "hub.interview.note"
    _description = "Confidential note of an interview"
    _inherit = ["hub.guard.mixin"]
    _order = "id desc"
    _rec_names_search = ["author_id"]
    _check_company_auto = True

    _guarded_fields = frozenset(
        {
            "interview_id",
            "lead_id",
            "author_id",
            "present_ids",
            "pair_ids",
            "about_ids",
            "closed_ids",
            "access_ids",
        }
    )
    _guarded_given = _guarded_fields

    interview_id = fields.Many2one(
        "hub.interview",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    lead_id = fields.Many2one(
        "crm.lead",
        string="Project",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        related="lead_id.company_id", store=True, precompute=True, index=True
    )
    date_start = fields.Datetime(
        related="interview_id.date_start", string="Date of the interview"
    )
    author_id = fields.Many2one(
        PARTNERS, required=True, readonly=True, index=True, ondelete="restrict"
    )
    body = fields.Text(string="What was said", required=True)
    only_present = fields.Boolean(
        string="Only those present",
        help="The two people beside the project do not read it when they were not"
        " there.",
    )
    reader_ids = fields.Many2many(
        PARTNERS,
        "hub_interview_note_reader_rel",
        "note_id",
        "partner_id",
        string="Further readers",
        copy=False,
    )
    attachment_ids = fields.Many2many("ir.attachment", string="Files", copy=False)
    shared_ids = fields.One2many(
        "hub.interview.shared", "note_id", string="Shared with the holder", copy=False
    )
    readers_text = fields.Char(
        string="Who reads this note", compute="_compute_readers_text"
    )

    # Written down with the note; methods of this addon only change them.
    present_ids = fields.Many2many(
        PARTNERS,
        "hub_interview_note_present_rel",
        "note_id",
        "partner_id",
        string="Were there",
        readonly=True,
        copy=False,
    )
    pair_ids = fields.Many2many(
        PARTNERS,
        "hub_interview_note_pair_rel",
        "note_id",
        "partner_id",
        string="Were the pair",
        readonly=True,
        copy=False,
    )
    about_ids = fields.Many2many(
        PARTNERS,
        "hub_interview_note_about_rel",
        "note_id",
        "partner_id",
        string="Whom it is about",
        readonly=True,
        copy=False,
    )
    closed_ids = fields.Many2many(
        PARTNERS,
        "hub_interview_note_closed_rel",
        "note_id",
        "partner_id",
        string="Closed for",
        readonly=True,
        copy=False,
        help="People whose contact was merged with that of a reader. Name them as"
        " further readers to open the note for them.",
    )
    access_ids = fields.One2many("hub.access.log", "note_id", copy=False)

    @api.depends("interview_id.display_name")
    def _compute_display_name(self):
        for note in self:
            note.display_name = self.env._(
                "Note: %(interview)s",
                interview=note.interview_id.sudo().display_name or "",
            )

    @api.depends("interview_id", "only_present", "reader_ids")
    def _compute_readers_text(self):
        """Said before one writes: who is going to read it."""
        for note in self.sudo():
            if note._origin:
                people = note.author_id | note.present_ids
                pair = note.pair_ids & note._active_pair(note.lead_id)
            else:
                people = self.env.user.partner_id | note._present(note.interview_id)
                pair = note._active_pair(note.interview_id.lead_id)
            people |= note.reader_ids._origin
            if not note.only_present:
                people |= pair
            note.readers_text = ", ".join((people - note.closed_ids).mapped("name"))

    # ------------------------------------------------------------
    # Rules
    # ------------------------------------------------------------

    @api.constrains("interview_id")
    def _check_interview_took_place(self):
        for note in self.sudo():
            if note.interview_id.state != "cancelled":
                continue
            raise ValidationError(
                self.env._(
                    "“%(interview)s” was cancelled: there is nothing to write down."
                    " Plan it again first if it took place after all.",
                    interview=note.interview_id.display_name,
                )
            )

    @api.constrains("author_id", "interview_id")
    def _check_author_was_there(self):
        for note in self.sudo():
            there = note.present_ids | note.interview_id.author_id
            if note.author_id not in there or note.author_id in note.about_ids:
                raise ValidationError(
                    self.env._(
                        "“%(interview)s”: those who accompanied the person at this"
                        " interview write its note. Correct who was there first.",
                        interview=note.interview_id.display_name,
                    )
                )

    @api.constrains("reader_ids")
    def _check_readers_are_not_concerned(self):
        for note in self.sudo():
            concerned = note.about_ids | note.lead_id.hub_holder_ids.partner_id
            for person in note.reader_ids & concerned:
                raise ValidationError(
                    self.env._(
                        "%(person)s carries this project and does not read the notes"
                        " on it: write what he or she should read under “Shared with"
                        " the holder”.",
                        person=person.name,
                    )
                )

    def _check_access(self, operation):
        """Readers read; the author alone changes the note and its files."""
        result = super()._check_access(operation)
        if operation == "read" or self.env.su or not any(self._ids):
            return result
        me = self.env.user.partner_id
        others = self.sudo().exists().filtered(lambda note: note.author_id != me)
        if not others:
            return result
        refused = (result[0] if result else self.browse()) | self.browse(others.ids)
        error = self.env["ir.rule"]._make_access_error
        return refused, partial(error, operation, refused)

    # ------------------------------------------------------------
    # Creating and writing
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._with_readers(vals) for vals in vals_list]
        notes = super(HubInterviewNote, self._unguarded()).create(vals_list)
        notes = notes.with_env(self.env)
        notes._take_files()
        return notes

    def write(self, vals):
        result = super().write(vals)
        if "attachment_ids" in vals:
            self._take_files()
        if "reader_ids" in vals:
            for note in self.sudo():
                note.closed_ids -= note.reader_ids
        return result

    @api.model
    def _with_readers(self, vals):
        """The values, with who may read: found out here, never given."""
        interview = self.env["hub.interview"].browse(vals.get("interview_id") or [])
        interview.check_access("read")
        interview = interview.sudo()
        lead = interview.lead_id
        about = lead.hub_holder_ids.partner_id
        about |= interview.presence_ids.filtered(
            lambda line: line.quality == "holder"
        ).partner_id
        names = self._guarded_fields - {"interview_id"}
        if self.env.su:
            names -= {"author_id"}
        vals = {name: value for name, value in vals.items() if name not in names}
        return {
            "author_id": self.env.user.partner_id.id,
            **vals,
            "lead_id": lead.id,
            "present_ids": [Command.set(self._present(interview).ids)],
            "pair_ids": [Command.set(self._active_pair(lead).ids)],
            "about_ids": [Command.set(about.ids)],
        }

    @api.model
    def _present(self, interview):
        lines = interview.sudo().presence_ids
        return lines.filtered(lambda line: line.quality in ACCOMPANYING).partner_id

    @api.model
    def _active_pair(self, lead):
        pairings = lead.sudo().hub_pairing_ids
        return pairings.filtered(
            lambda p: p.role == "pair" and p.state == "active"
        ).volunteer_id

    def _take_files(self):
        """A file belongs to the note from its creation: who reads one reads both."""
        for note in self:
            for file in note.sudo().attachment_ids:
                home = file.res_model, file.res_id
                if home == (self._name, note.id):
                    continue
                if file.res_id or file.create_uid != self.env.user:
                    raise UserError(
                        self.env._(
                            "“%(file)s” belongs to something else: add the file itself"
                            " to the note.",
                            file=file.name,
                        )
                    )
                file.write(
                    {"res_model": self._name, "res_id": note.id, "public": False}
                )

    def _follow_presences(self):
        """Who was there is corrected by the author; others can only take away."""
        me = self.env.user.partner_id
        for note in self.sudo():
            there = self._present(note.interview_id)
            if note.author_id != me:
                there &= note.present_ids
            if there != note.present_ids:
                note.present_ids = there
