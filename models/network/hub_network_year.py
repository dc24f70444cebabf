from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import formatLang

from ...reports.xlsx_book import Book


class HubNetworkYear(models.TransientModel):
    """A year of the hubs of a network, on one screen and in a spreadsheet."""

    _name = "hub.network.year"
    _description = "Year of a network of hubs"

    year = fields.Integer(
        required=True, default=lambda self: fields.Date.context_today(self).year
    )
    company_ids = fields.Many2many(
        "res.company",
        string="Hubs",
        default=lambda self: [Command.set(self.env["hub.network"]._hubs().ids)],
        domain="[('id', 'in', allowed_ids)]",
    )
    allowed_ids = fields.Many2many("res.company", compute="_compute_allowed_ids")
    table = fields.Html(string="Figures", compute="_compute_table", sanitize=False)

    @api.depends("year")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for screen in self:
            screen.display_name = self.env._(
                "Network of hubs %(year)s", year=screen.year
            )

    @api.depends_context("uid")
    def _compute_allowed_ids(self):
        self.allowed_ids = self.env["hub.network"]._hubs()

    @api.depends("year", "company_ids")
    @api.depends_context("lang", "uid")
    def _compute_table(self):
        network = self.env["hub.network"]
        for screen in self:
            hubs = screen.company_ids._origin
            rows = network._figures_of(hubs, screen.year)
            screen.table = self.env["ir.qweb"]._render(
                "solidarity_hub.network_year_table",
                {
                    "hubs": hubs.sudo().mapped("name"),
                    "rows": [
                        dict(
                            row,
                            values=[self._shown(v, row) for v in row["values"]],
                            total=self._shown(row["total"], row),
                        )
                        for row in rows
                    ],
                },
            )

    @api.model
    def _shown(self, value, row):
        return formatLang(self.env, value, digits=row["digits"])

    # The screen names all hubs of the user, whichever are ticked above the page.

    def onchange(self, values, field_names, fields_spec):
        screen = self._of_all_hubs()
        return super(HubNetworkYear, screen).onchange(values, field_names, fields_spec)

    def web_read(self, specification):
        return super(HubNetworkYear, self._of_all_hubs()).web_read(specification)

    def web_save(self, vals, specification, next_id=None):
        screen = self._of_all_hubs()
        return super(HubNetworkYear, screen).web_save(vals, specification, next_id)

    def _of_all_hubs(self):
        hubs = self.env.user.company_ids.ids
        return self.with_context(allowed_company_ids=hubs)

    def action_book(self):
        """The same figures as a spreadsheet."""
        self.ensure_one()
        self.env["hub.network"]._check_may_see(self.company_ids)
        hubs = "-".join(map(str, self.company_ids.ids)) or "0"
        return {
            "type": "ir.actions.act_url",
            "url": f"/solidarity_hub/network/{self.year}/{hubs}",
            "target": "self",
        }

    @api.model
    def _book(self, hubs, year):
        """The file, as bytes."""
        rows = self.env["hub.network"]._figures_of(hubs, year)
        book = Book()
        columns = [
            (self.env._("Figure"), "text"),
            *((hub.name, "hours") for hub in hubs.sudo()),
            (self.env._("Network"), "hours"),
            (self.env._("How it is counted"), "text"),
        ]
        book.sheet(
            self.env._("Network"),
            self.env._(
                "Figures of %(count)s hubs, %(year)s", count=len(hubs), year=year
            ),
            columns,
            [[r["label"], *r["values"], r["total"], r["help"]] for r in rows],
        )
        return book.content()
