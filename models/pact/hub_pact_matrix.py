from textwrap import shorten

from odoo import api, fields, models

from .hub_pact import CONTENT_GROUPS
from .hub_pact_commitment import LEVELS

# An action is told in full above the matrix; here it is recognised.
LONGEST_ACTION = 110


class HubPact(models.Model):
    """Who acts where: actors, actions and territorial levels on one sheet.

    A pact wants them coherent; an empty column or row is seen at once.
    """

    _inherit = "hub.pact"

    matrix = fields.Html(
        string="Who acts at which level",
        compute="_compute_matrix",
        sanitize=False,
        groups=CONTENT_GROUPS,
    )

    @api.depends(
        "party_ids.answer",
        "party_ids.left_on",
        "commitment_ids.name",
        "commitment_ids.level",
        "commitment_ids.party_id",
        "commitment_ids.category",
    )
    def _compute_matrix(self):
        template = "solidarity_hub.pact_matrix"
        for pact in self:
            matrix = pact._read_matrix(pact._text()) if pact._origin else {}
            pact.matrix = matrix.get("rows") and self.env["ir.qweb"]._render(
                template, {"matrix": matrix}
            )

    def _read_matrix(self, text):
        """Actors in rows, levels in columns, actions in the cells.

        :return: ``columns``: labels; ``rows``: ``[(actor, [[action]])]``; ``empty``:
            levels at which nobody acts
        """
        labels = self._read_labels("hub.pact.commitment", "level")
        lines = text["commitments"]
        codes = [code for code, _label in LEVELS]
        if any(not line["level"] for line in lines):
            codes.append("")
        labels[""] = self.env._("Level not said")
        actors = list(dict.fromkeys(line["who"] for line in lines))
        idle = [
            party["name"]
            for party in text["parties"]
            if not any(party["name"] in line["names"] for line in lines)
        ]
        return {
            "columns": [labels[code] for code in codes],
            "rows": [
                (
                    actor,
                    [
                        [
                            shorten(line["text"], LONGEST_ACTION, placeholder=" …")
                            for line in lines
                            if line["who"] == actor and line["level"] == code
                        ]
                        for code in codes
                    ],
                )
                for actor in actors
            ],
            "empty": [
                labels[code]
                for code, _label in LEVELS
                if not any(line["level"] == code for line in lines)
            ],
            "idle": idle,
        }
