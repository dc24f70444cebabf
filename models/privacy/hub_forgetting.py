from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL


class HubForgetting(models.AbstractModel):
    """Who may be forgotten, and what is done when somebody is.

    Nothing here knows the models of the areas. A model that knows people says so by
    defining one or more of these methods; they are found by their name:

    ``_hub_keeps_named(partners)``
        Why some of these people keep their name for now (a running accompaniment, a
        loan, a mandate): rows ``(partner id, company id or False, reason)``. Several
        people are asked about at once: no query for each of them.
    ``_hub_contacts()``
        When the hub had to do with people: a query with the columns ``partner_id``,
        ``company_id`` (NULL: not with one hub alone) and ``day``.
    ``_hub_forget(partner)``
        Takes away what names or describes this person, and nothing that a figure
        counts or groups by. What was signed, accounts and minutes are never touched.
        Called with all rights and before the contact loses its name; may run twice.
    ``_hub_held(partner)``
        Domain of the records to hand out to this person, or None for none at all; see
        ``hub.person.file``.
    """

    _name = "hub.forgetting"
    _description = "Forgetting people"

    @api.model
    def _models_with(self, method):
        """Models that define the method; contacts come last."""
        names = [n for n in self.env.registry if hasattr(self.env[n], method)]
        return [
            self.env[name].sudo().with_context(active_test=False)
            for name in sorted(names, key=lambda name: (name == "res.partner", name))
        ]

    # ------------------------------------------------------------
    # Who
    # ------------------------------------------------------------

    @api.model
    def _obstacles(self, partners):
        """Why they keep the name today: ``{partner id: [(company, why)]}``."""
        found = defaultdict(list)
        for model in self._models_with("_hub_keeps_named"):
            for partner_id, company_id, reason in model._hub_keeps_named(partners):
                if (company_id, reason) not in found[partner_id]:
                    found[partner_id].append((company_id, reason))
        return {partner_id: reasons for partner_id, reasons in found.items() if reasons}

    @api.model
    def _last_contacts(self, partners=None):
        """When each hub last had to do with people.

        :param partners: these people only; everybody if not given
        :return: ``{(partner id, company id): day}``
        """
        self.env.flush_all()
        contacts = SQL(" UNION ALL ").join(
            SQL("(%s)", model._hub_contacts())
            for model in self._models_with("_hub_contacts")
        )
        only = SQL("TRUE")
        if partners is not None:
            only = SQL("contact.partner_id IN %s", tuple(partners.ids) or (0,))
        rows = self.env.execute_query(
            SQL(
                """
WITH contact AS (
    SELECT contact.partner_id, contact.company_id, max(contact.day)::date AS day
      FROM (%(contacts)s) contact (partner_id, company_id, day)
      JOIN res_partner partner ON partner.id = contact.partner_id
     WHERE partner.is_company IS NOT TRUE AND partner.hub_anonymous_on IS NULL
       AND %(only)s
  GROUP BY contact.partner_id, contact.company_id
)
SELECT known.partner_id, known.company_id, GREATEST(known.day, anywhere.day)
  FROM contact known
 LEFT JOIN contact anywhere
        ON anywhere.partner_id = known.partner_id AND anywhere.company_id IS NULL
 WHERE known.company_id IS NOT NULL""",
                contacts=contacts,
                only=only,
            )
        )
        return {(partner_id, company_id): day for partner_id, company_id, day in rows}

    @api.model
    def _forget_keys(self, partner):
        """Personal links of this person, of whatever area, open nothing any more."""
        for name, model in self.env.registry.items():
            fields = model._fields
            if not name.startswith("hub.") or model._abstract or not model._auto:
                continue
            if all(
                n in fields and fields[n].store for n in ("partner_id", "access_token")
            ):
                lines = self.env[name].sudo().with_context(active_test=False)
                lines = lines.search([("partner_id", "=", partner.id)])
                self._blank(lines, "access_token")

    # ------------------------------------------------------------
    # What
    # ------------------------------------------------------------

    @api.model
    def _forget(self, partners):
        """Take away who these people are. Their figures stay.

        One after the other, so that whoever is done is done when the job is killed.
        """
        for partner in partners.sudo().with_context(active_test=False):
            for model in self._models_with("_hub_forget"):
                model._hub_forget(partner)
            self.env.flush_all()
