from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

NETWORK = "solidarity_hub.group_hub_network"


class HubNetwork(models.AbstractModel):
    """Figures of several hubs of one database side by side, and together.

    For whoever looks after a network of hubs: numbers only, and only of the hubs
    (companies) of the user. They are those of ``hub.figures``, as each hub counts them
    for its own review.
    """

    _name = "hub.network"
    _description = "Figures of a network of hubs"

    @api.model
    def _hubs(self):
        """Hubs that the user may see together."""
        return self.env.user.company_ids.sudo().filtered("hub_active").sorted("name")

    @api.model
    def _check_may_see(self, hubs):
        if not self.env.user.has_group(NETWORK) or hubs - self._hubs():
            raise AccessError(
                self.env._(
                    "Figures of several hubs are for whoever looks after the network,"
                    " and of his or her own hubs."
                )
            )

    @api.model
    def _figures_of(self, hubs, year):
        """Rows of a year, as :meth:`_rows`, with the ``total`` of each.

        :param hubs: companies; ``values`` follows their order
        """
        self._check_may_see(hubs)
        if not 1990 <= year <= fields.Date.context_today(self).year + 1:
            raise UserError(
                self.env._(
                    "%(year)s is no year of the hubs: write four digits, for example"
                    " %(this_year)s.",
                    year=year,
                    this_year=fields.Date.context_today(self).year,
                )
            )
        rows = self._rows(hubs.sudo(), f"{year}-01-01", f"{year}-12-31")
        return [dict(row, total=sum(row["values"])) for row in rows]

    @api.model
    def _rows(self, hubs, start, end):
        """The figures of each hub as its own review counts them, for any days.

        :return: ``[{code, section, title, label, level, digits, help, values}]`` in the
            order of a report; ``title`` stands on the first row of a section
        """
        titles = self.env["hub.figures"]._sections()
        told, counted = self._counted(hubs, start, end)
        rows = [self._row(of_hubs, counted, hubs) for of_hubs in told.values()]
        rows.sort(key=lambda row: list(titles).index(row["section"]))
        begun = set()
        for row in rows:
            section = row["section"]
            row["title"] = "" if section in begun else titles[section]
            begun.add(section)
        return rows

    @api.model
    def _counted(self, hubs, start, end):
        """``{code: {hub: figure}}`` and ``{hub: {code: number}}``."""
        engine = self.env["hub.figures"].sudo()
        told, counted = {}, {}
        for hub in hubs:
            known, _queries = engine.with_company(hub)._compute(hub, start, end)
            counted[hub] = {figure.code: number for figure, number in known}
            for figure, _number in known:
                told.setdefault(figure.code, {})[hub] = figure
        return told, counted

    @api.model
    def _row(self, told, counted, hubs):
        """One figure of all the hubs, with what it counts in each."""
        figure = next(iter(told.values()))
        return {
            "code": figure.code,
            "section": figure.section,
            "label": figure.label,
            "level": figure.level,
            "digits": figure.digits,
            "help": self._definitions(told),
            "values": [counted[hub].get(figure.code, 0) for hub in hubs],
        }

    @api.model
    def _definitions(self, told):
        """What is counted; hub by hub where they count by settings of their own."""
        words = {figure.definition for figure in told.values()}
        if len(words) == 1:
            return words.pop()
        return "\n".join(
            f"{hub.name}: {figure.definition}" for hub, figure in told.items()
        )
