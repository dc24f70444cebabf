import logging

from dateutil.relativedelta import relativedelta
from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.fields import Domain

_logger = logging.getLogger(__name__)
BATCH = 10
OPEN_STATES = ("proposed", "confirmed", "waiting")


class HubAnonymisation(models.Model):
    """The daily job: proposes names, takes away those that were confirmed.

    Each person is done as a whole or not at all; killed and run again, it goes on with
    whoever is left.
    """

    _inherit = "hub.anonymisation"

    @api.model
    def _cron_anonymisation(self):
        self._propose()
        self._run_in_batches(self._take_away, self._count_confirmed)

    # ------------------------------------------------------------
    # Proposing
    # ------------------------------------------------------------

    @api.model
    def _propose(self):
        """People with whom no hub had to do for as long as it has set."""
        contacts = self.env["hub.forgetting"]._last_contacts()
        due = self._due(contacts)
        rows = self.sudo().search([("state", "in", ("proposed", "kept"))])
        today = self._today()
        for row in rows:
            still = (row.partner_id.id, row.company_id.id) in due
            if row.state == "kept":
                if row.keep_until and row.keep_until <= today:
                    row.write({"state": "proposed", "keep_until": False})
            elif not still and not row.is_asked:
                row.unlink()
        known = {
            (row.partner_id.id, row.company_id.id)
            for row in self.sudo().search([("state", "!=", "done")])
        }
        new = {key: day for key, day in due.items() if key not in known}
        people = self.env["res.partner"].sudo().browse({key[0] for key in new})
        obstacles = self.env["hub.forgetting"]._obstacles(people)
        self.sudo().create(
            [
                {
                    "partner_id": partner_id,
                    "company_id": company_id,
                    "last_contact_on": day,
                }
                for (partner_id, company_id), day in sorted(new.items())
                if partner_id not in obstacles
            ]
        )

    @api.model
    def _due(self, contacts):
        """Those of the contacts that are over, in every hub that knows the person."""
        hubs = self.env["res.company"].sudo().search([("hub_active", "=", True)])
        today = self._today()
        limits = {
            hub.id: today - relativedelta(months=hub.hub_forget_months)
            for hub in hubs
            if hub.hub_forget_months > 0
        }
        contacts = {key: day for key, day in contacts.items() if key[1] in hubs.ids}
        recent = {
            partner_id
            for (partner_id, company_id), day in contacts.items()
            if company_id not in limits or not day or day > limits[company_id]
        }
        return {key: day for key, day in contacts.items() if key[0] not in recent}

    # ------------------------------------------------------------
    # Taking away
    # ------------------------------------------------------------

    @api.model
    def _count_confirmed(self):
        return self.sudo().search_count([("state", "=", "confirmed")])

    @api.model
    def _take_away(self):
        """Some of those confirmed; how many lines were handled."""
        rows = self.sudo().search(
            [("state", "=", "confirmed")], limit=BATCH, order="id"
        )
        rows = rows.try_lock_for_update()
        for partner, lines in rows.grouped("partner_id").items():
            lines._take_away_whole(partner)
        return len(rows)

    def _take_away_whole(self, partner):
        """All or nothing of a person; a failure is told on the list, others go on."""
        try:
            with self.env.cr.savepoint():
                self._take_away_one(partner)
        except (OperationalError, ConcurrencyError):
            raise
        except Exception as error:
            _logger.exception("The name of contact %s stays", partner.id)
            self.write({"state": "proposed", "note": str(error)})

    def _take_away_one(self, partner):
        """Ask once more whether anything forbids it: days have passed."""
        if partner.hub_anonymous_on:
            self._finish()
            return
        forgetting = self.env["hub.forgetting"]
        obstacles = forgetting._obstacles(partner).get(partner.id, ())
        if obstacles:
            for row in self:
                row.write(
                    {"state": "proposed", "note": "\n".join(row._told(obstacles))}
                )
            return
        hubs = {key[1] for key in forgetting._last_contacts(partner)}
        hubs &= set(self.env["res.company"].search([("hub_active", "=", True)]).ids)
        lines = self.search([("partner_id", "=", partner.id), ("state", "!=", "done")])
        agreed = lines.filtered(lambda row: row.state in ("confirmed", "waiting"))
        missing = hubs - set(agreed.company_id.ids)
        if missing:
            self.state = "waiting"
            self.create(
                [
                    {"partner_id": partner.id, "company_id": company_id}
                    for company_id in missing - set(lines.company_id.ids)
                ]
            )
            return
        forgetting._forget(partner)
        lines._finish()

    def _finish(self):
        self.write({"state": "done", "done_on": fields.Datetime.now(), "note": False})

    # ------------------------------------------------------------
    # Asked for by a person
    # ------------------------------------------------------------

    @api.model
    def _ask_for(self, partners):
        """Put these people on the list of this hub, whenever the last contact was."""
        self._check_may_decide()
        company = self.env.company
        rows = self.search(
            Domain("partner_id", "in", partners.ids)
            & Domain("company_id", "=", company.id)
            & Domain("state", "!=", "done")
        )
        contacts = self.env["hub.forgetting"]._last_contacts(partners)
        new = self.sudo().create(
            [
                {
                    "partner_id": partner.id,
                    "company_id": company.id,
                    "last_contact_on": contacts.get((partner.id, company.id)),
                    "is_asked": True,
                }
                for partner in partners - rows.partner_id
            ]
        )
        return rows | new.with_env(self.env)
