from odoo import models

from ...reports.print_words import long_date


class HubEvaluation(models.Model):
    """The sheet of an evaluation: to be filled in by hand, or filled in already."""

    _inherit = "hub.evaluation"

    def _hub_print_lang(self):
        self.ensure_one()
        return self.sudo().pact_id.lang

    def action_print(self):
        """Print the sheet: empty boxes where nothing was said yet."""
        report = self.env.ref("solidarity_hub.report_evaluation_sheet")
        return report.report_action(self)

    def _print_reference(self):
        """Foot of each page: which evaluation this is."""
        pact = self.sudo().pact_id
        parts = [
            pact.number,
            self.env._("evaluation of %(date)s", date=long_date(self.env, self.date)),
            self.company_id.name,
            self.frozen_hash and f"SHA-256 {self.frozen_hash}",
        ]
        return " · ".join(filter(None, parts))

    def _print_subtitle(self):
        pact = self.sudo().pact_id
        day = ", ".join(filter(None, [long_date(self.env, self.date), self.place]))
        version = self.env._("version %(version)s", version=pact.version)
        return " · ".join([pact.number or "", version, day])

    def _print_people(self):
        """``[(side, people)]`` of those who take part."""
        people = self.sudo().person_ids
        labels = self._side_labels()
        planned = people or self._planned_people()
        return [
            (labels[side], group)
            for side, group in planned.grouped("side").items()
            if group
        ]

    def _planned_people(self):
        """Before it begins: those who would be asked today."""
        return self.env["hub.evaluation.person"].concat(
            *(
                self.env["hub.evaluation.person"].new(
                    {"partner_id": partner.id, "side": side}
                )
                for partner, side in self.sudo().pact_id._evaluation_people()
            )
        )

    def _print_closing(self):
        if self.state != "agreed":
            return ""
        return self.env._(
            "Agreed by all on %(date)s. Fingerprint (SHA-256): %(hash)s",
            date=long_date(self.env, self.date),
            hash=self.frozen_hash,
        )
