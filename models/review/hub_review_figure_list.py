from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval


class HubReviewFigure(models.Model):
    """The list that stands behind a figure."""

    _inherit = "hub.review.figure"

    def action_see_list(self):
        """Whom or what was counted."""
        self.ensure_one()
        self.check_access("read")
        engine = self.env["hub.figures"]
        figure = self.code and engine._figure(self.company_id, self.code)
        if not figure or not figure.behind:
            raise UserError(
                self.env._("No list stands behind “%(name)s”.", name=self.name)
            )
        reference, domain = figure.behind
        action = self.env["ir.actions.actions"]._for_xml_id(reference)
        self.env[action["res_model"]].check_access("read")
        context = safe_eval(action["context"] or "{}", {"uid": self.env.uid})
        views = sorted(action["views"], key=lambda view: view[1] != "list")
        return {
            **action,
            "name": f"{self.name}, {self.year}",
            "display_name": f"{self.name}, {self.year}",
            "domain": [
                ("company_id", "=", self.company_id.id),
                ("year", "=", str(self.year - figure.years_back)),
                *domain,
            ],
            "context": {
                key: value
                for key, value in context.items()
                if not key.startswith("search_default_")
            },
            "views": views,
            "view_mode": ",".join(kind for _view, kind in views),
            "path": False,
        }

    def _read_group_orderby(self, order, groupby_terms, query):
        """Figures side by side stand in the order of the report."""
        if "code" not in groupby_terms:
            return super()._read_group_orderby(order, groupby_terms, query)
        codes = [code for code, _label in self._selection_code()]
        by_place = SQL(
            "array_position(%s::text[], (%s)::text)", codes, groupby_terms["code"]
        )
        terms = {**groupby_terms, "code": by_place}
        ordered = super()._read_group_orderby(order, terms, query)
        groupby_terms.update({**terms, "code": groupby_terms["code"]})
        return ordered
