from odoo import api, models


class HubPortal(models.AbstractModel):
    """The one page that a person without an account of the back office needs.

    Each area adds its sections by extending :meth:`_sections`; they show by today's
    hats of the person, in the order of ``sequence``. A section hands plain values to
    its template, never a record: what is not named in the template cannot leak.
    """

    _name = "hub.portal"
    _description = "Personal page of the people of the hub"

    @api.model
    def _sections(self, partner):
        """Sections to show this person.

        :return: dicts with ``sequence``, ``key``, ``title``, ``template`` and
            ``values`` (plain values, given to the template as ``section``)
        """
        return []

    @api.model
    def _page(self, partner):
        """The sections of this person, in order."""
        return sorted(self._sections(partner), key=lambda section: section["sequence"])

    @api.model
    def _count(self, partner):
        """How much there is to see; 0 hides the entry on the portal's first page."""
        return len(self._sections(partner))

    @api.model
    def _contacts(self, partners):
        """Name and number to call of these people, nothing else."""
        return [
            {
                "name": partner.name or "",
                "phone": partner.phone or "",
                "tel": "tel:" + "".join((partner.phone or "").split()),
            }
            for partner in partners.sudo()
        ]
