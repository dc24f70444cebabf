from odoo import models
from odoo.fields import Domain


class HubPresence(models.Model):
    """The files that a member reads on the page of a convocation."""

    _inherit = "hub.presence"

    def _called_records(self, partner):
        """What this person decides on at these meetings: records, model by model.

        :param partner: who looks: the member, or the substitute
        """
        meetings = Domain("meeting_id", "in", self.meeting_id.ids)
        here = Domain("resolution_id", "any!", meetings)
        for model in self.env["hub.resolution"].sudo()._decided_models():
            if model._has_file_page:
                yield model.search(model._domain_called(partner) & here)

    def _portal_files(self, partner):
        """For each of these seats the resolutions with a file that this person may
        read, in the order of the meeting."""
        found = self.env["hub.resolution"].union(
            *(records.resolution_id for records in self._called_records(partner))
        )
        at_meeting = found.sorted("sequence").grouped("meeting_id")
        return {
            line: [
                {"name": one.name, "url": f"{line.access_url}/file/{one.id}"}
                for one in at_meeting.get(line.meeting_id, found.browse())
            ]
            for line in self
        }

    def _portal_file_values(self, partner, resolution_id):
        """What the page of a file tells; nothing where it is not this person's.

        :param resolution_id: number of the resolution that decides on it
        """
        records = [
            record
            for found in self._called_records(partner)
            for record in found
            if record.resolution_id.id == resolution_id
        ]
        if not records:
            return None
        resolution = records[0].resolution_id
        return {
            "resolution": resolution.display_name,
            "text": resolution.text or "",
            "meeting": self.meeting_id.name,
            "when": self.meeting_id._print_when(),
            "files": [record._file_values() for record in records],
            "url": f"{self.access_url}/file/{resolution.id}",
            "back": self.access_url,
        }

    def _called_paper(self, partner, resolution_id, paper_id):
        """A paper of one of these files; none where it is not this person's."""
        papers = self.env["ir.attachment"].sudo()
        for found in self._called_records(partner):
            own = found.filtered(lambda one: one.resolution_id.id == resolution_id)
            papers |= own._file_papers()
        return papers.filtered(lambda one: one.id == paper_id)
