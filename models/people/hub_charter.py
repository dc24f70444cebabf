from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import is_html_empty

CLOSED_BY_PUBLICATION = {"name", "version", "body", "rules", "company_id"}


class HubCharter(models.Model):
    """The charter of the hub and its rules of the game, in dated versions.

    Confidentiality of interviews, sharing, autonomy: what everybody signs. A published
    text no longer changes; a new version is signed again.
    """

    _name = "hub.charter"
    _description = "Charter and rules of the game"
    _inherit = ["hub.guard.mixin", "mail.thread"]
    _guarded_fields = frozenset({"published_on"})
    _order = "version desc, id desc"
    _check_company_auto = True

    name = fields.Char(
        string="Title", required=True, default=lambda self: self.env._("Charter")
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    version = fields.Integer(required=True, readonly=True, copy=False, default=1)
    body = fields.Html(string="Charter text", translate=False)
    rules = fields.Html(string="Rules of the game")
    published_on = fields.Date(readonly=True, copy=False, tracking=True)
    sign_before = fields.Date(
        copy=False,
        tracking=True,
        help="From the day after, a new pair with somebody who has not signed asks a"
        " reason. Pairs already at work stay. Empty: from the publication on.",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("current", "Current"),
            ("former", "Former version"),
        ],
        compute="_compute_state",
        search="_search_state",
    )
    signature_ids = fields.One2many("hub.charter.signature", "charter_id")
    signature_count = fields.Integer(
        string="Signed by", compute="_compute_signature_count"
    )
    active = fields.Boolean(default=True)

    _version_unique = models.UniqueIndex(
        "(company_id, version)", "This version number is already taken."
    )

    @api.depends("name", "version")
    def _compute_display_name(self):
        for charter in self:
            charter.display_name = charter.name and self.env._(
                "%(name)s, version %(version)s",
                name=charter.name,
                version=charter.version,
            )

    @api.depends("published_on", "version", "company_id")
    def _compute_state(self):
        current = self._current(self.company_id)
        for charter in self:
            if not charter.published_on:
                charter.state = "draft"
            elif charter._origin == current.get(charter.company_id):
                charter.state = "current"
            else:
                charter.state = "former"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        published = Domain("published_on", "!=", False)
        current = Domain("id", "in", self._current_of(self.env.companies).ids)
        domains = {
            "draft": ~published,
            "current": current,
            "former": published & ~current,
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    @api.depends("signature_ids.answer")
    def _compute_signature_count(self):
        counts = dict(
            self.env["hub.charter.signature"]._read_group(
                Domain("charter_id", "in", self.ids) & Domain("answer", "=", "yes"),
                ["charter_id"],
                ["__count"],
            )
        )
        for charter in self:
            charter.signature_count = counts.get(charter._origin, 0)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            company_id = vals.setdefault("company_id", self.env.company.id)
            vals.setdefault("version", self._next_version(company_id))
        return super().create(vals_list)

    def write(self, vals):
        if CLOSED_BY_PUBLICATION & set(vals):
            self._check_not_published()
        result = super().write(vals)
        if {"active", "published_on"} & set(vals):
            self._drop_settled_calls()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self._check_not_published()

    def action_publish(self):
        """From now on this version is the one to sign: everybody is asked anew.

        :return: whom to ask, to be looked at before anything is sent
        """
        for charter in self.filtered(lambda c: not c.published_on):
            if is_html_empty(charter.body):
                raise UserError(
                    self.env._(
                        "%(charter)s has no text yet: write it before publishing.",
                        charter=charter.display_name,
                    )
                )
            charter._unguarded().published_on = fields.Date.context_today(self)
        return self[:1].action_ask()

    def action_ask(self):
        """Whom to ask to sign this version: everybody concerned is proposed."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.action_hub_charter_ask_wizard"
        )
        action["context"] = {"default_charter_id": self.id, "hub_ask_everybody": True}
        return action

    def action_open_people(self):
        """Who has signed, who has not, who refused: everybody concerned today."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.action_hub_charter_person"
        )
        action["domain"] = [("charter_id", "=", self.id)]
        return action

    def action_new_version(self):
        """Begin the next version with the text of this one."""
        self.ensure_one()
        return self.copy()._get_records_action()

    @api.model
    def _hub_domain_for(self, partner):
        """Published versions are for everybody."""
        return Domain("published_on", "!=", False)

    @api.model
    def _current(self, companies):
        """{company: the version to sign today}"""
        charters = self.sudo().search(
            Domain("company_id", "in", companies.ids)
            & Domain("published_on", "!=", False),
            order="version",
        )
        return {charter.company_id: charter for charter in charters}

    @api.model
    def _current_of(self, companies):
        """The versions to sign today, one per company at most."""
        return self.browse().union(*self._current(companies).values())

    def _drop_settled_calls(self):
        """Nobody is called about a version that is no longer to be signed."""
        signatures = self.env["hub.charter.signature"].sudo()
        signatures.search(
            Domain("company_id", "in", self.company_id.ids)
            & Domain("activity_id", "!=", False)
        )._drop_calls()

    def _must_be_signed_on(self, day):
        """True once the time left to sign this version is over."""
        self.ensure_one()
        return not self.sign_before or day > self.sign_before

    def _next_version(self, company_id):
        [(last,)] = (
            self.sudo()
            .with_context(active_test=False)
            ._read_group([("company_id", "=", company_id)], aggregates=["version:max"])
        )
        return (last or 0) + 1

    def _check_not_published(self):
        for charter in self.filtered("published_on"):
            raise UserError(
                self.env._(
                    "%(charter)s is published: people sign this very text. Begin a new"
                    " version instead.",
                    charter=charter.display_name,
                )
            )
