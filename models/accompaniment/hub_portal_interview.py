from odoo import api, fields, models
from odoo.fields import Domain

from ..pairing.hub_pairing import FOLLOWED_STATES
from .hub_interview_presence import ACCOMPANYING

LATEST = 3
PAGE = 30


class HubPortal(models.AbstractModel):
    """Interviews of a volunteer: what is to come, what is to be noted, what was noted.

    A volunteer plans and declares on projects he or she accompanies today; afterwards
    there is only reading, of what was one's own.
    """

    _inherit = "hub.portal"

    @api.model
    def _sections(self, partner):
        sections = super()._sections(partner)
        interviews = self.env["hub.interview"].sudo()
        if self._followed_projects(partner) or interviews.search(
            self._domain_interviews(partner), limit=1
        ):
            sections.append(self._interview_section(partner))
        return sections

    # ------------------------------------------------------------
    # Whose interviews
    # ------------------------------------------------------------

    @api.model
    def _followed_projects(self, partner):
        """Projects on which this person declares interviews."""
        leads = self.env["crm.lead"].sudo()
        return leads.search(
            Domain("is_hub_project", "=", True)
            & Domain("hub_pairing_ids", "any", self._domain_follows(partner))
            & ~Domain("hub_holder_ids.partner_id", "=", partner.id)
        )

    @api.model
    def _domain_follows(self, partner):
        return Domain("volunteer_id", "=", partner.id) & Domain(
            "state", "in", list(FOLLOWED_STATES)
        )

    @api.model
    def _domain_interviews(self, partner):
        """Those of today's projects, and those held before; never those on oneself."""
        me = Domain("partner_id", "=", partner.id)
        there = me & Domain("quality", "in", ACCOMPANYING)
        follows = self._domain_follows(partner)
        return (
            Domain("author_id", "=", partner.id)
            | Domain("presence_ids", "any", there)
            | Domain("lead_id.hub_pairing_ids", "any", follows)
        ) & ~(
            Domain("lead_id.hub_holder_ids.partner_id", "=", partner.id)
            | Domain("presence_ids", "any", me & Domain("quality", "=", "holder"))
        )

    @api.model
    def _interview_project(self, partner, lead_id):
        """The project on which this person may declare, or nothing."""
        followed = self._followed_projects(partner)
        return followed.filtered(lambda lead: lead.id == lead_id)

    @api.model
    def _interview_of(self, partner, interview_id):
        """An interview of this person's pages by its number, or nothing."""
        interviews = self.env["hub.interview"].sudo()
        return interviews.search(
            self._domain_interviews(partner) & Domain("id", "=", interview_id)
        )

    @api.model
    def _own_interview(self, partner, interview_id):
        """One that this person may correct: was there, and accompanies today."""
        interview = self._interview_of(partner, interview_id)
        return interview.filtered(lambda i: self._may_correct(partner, i))

    @api.model
    def _may_correct(self, partner, interview):
        there = interview.presence_ids.filtered(lambda p: p.quality in ACCOMPANYING)
        mine = interview.author_id == partner or partner in there.partner_id
        return mine and interview.lead_id in self._followed_projects(partner)

    # ------------------------------------------------------------
    # Lists
    # ------------------------------------------------------------

    @api.model
    def _interview_section(self, partner):
        own = self._domain_interviews(partner)
        interviews = self.env["hub.interview"].sudo()
        now = fields.Datetime.now()
        planned = interviews.search(
            own & Domain("state", "=", "planned"), order="date_start, id", limit=PAGE
        )
        done = interviews.search(own & Domain("state", "=", "done"), limit=LATEST)
        rows = self._interview_rows(partner, planned | done)
        past = planned.filtered(lambda i: i.date_start < now)
        return {
            "sequence": 130,
            "key": "my_interviews",
            "title": self.env._("My interviews"),
            "template": "solidarity_hub.portal_section_interviews",
            "values": {
                "to_come": [rows[i] for i in planned - past],
                "to_note": [rows[i] for i in past],
                "latest": [rows[i] for i in done],
            },
        }

    @api.model
    def _project_section(self, pairings):
        """From each project I accompany, its interviews."""
        section = super()._project_section(pairings)
        carried = pairings.volunteer_id
        for project, pairing in zip(
            section["values"]["projects"], pairings, strict=True
        ):
            lead = pairing.sudo().lead_id
            if not carried & lead.hub_holder_ids.partner_id:
                project["interviews"] = f"/my/hub/project/{lead.id}"
        return section

    @api.model
    def _interview_rows(self, partner, interviews):
        """One line for each, ``{interview: values}``, in as many queries for many."""
        time = self.env["hub.volunteer.hours"]._words_of(interviews, partner)
        noted = self._notes_read(partner, interviews).interview_id
        rows = {}
        for interview in interviews.with_context(lang=self.env.lang):
            rows[interview] = {
                "url": f"/my/hub/interview/{interview.id}",
                "day": interview._day_words(),
                "hour": interview._hour_words(),
                "project": interview.lead_id.name,
                "kind": interview._label_of("kind"),
                "mode": interview._label_of("mode"),
                "state": interview.state,
                "duration": interview._duration_words(),
                "answer": interview.appointment_answer,
                "wish": interview.wish_words,
                "noted": interview in noted,
                "time": time.get(interview.id, ""),
            }
        return rows

    @api.model
    def _interview_list(self, partner, lead_id, page=0):
        """All the interviews of one project that this person sees."""
        lead = self.env["crm.lead"].sudo().browse(lead_id)
        domain = self._domain_interviews(partner) & Domain("lead_id", "=", lead_id)
        interviews = self.env["hub.interview"].sudo()
        found = interviews.search(domain, offset=page * PAGE, limit=PAGE + 1)
        may_declare = bool(self._interview_project(partner, lead_id))
        if not found and not may_declare:
            return None
        rows = self._interview_rows(partner, found[:PAGE])
        return {
            "title": lead.name,
            "path": f"/my/hub/project/{lead_id}",
            "may_declare": may_declare,
            "rows": [rows[interview] for interview in found[:PAGE]],
            "handover": self._handover_choices(partner, lead),
            "before": page - 1 if page else None,
            "next": page + 1 if len(found) > PAGE else None,
        }
