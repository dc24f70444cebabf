import io
import json
import zipfile
from collections import defaultdict

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Date, Domain
from odoo.models import MAGIC_COLUMNS
from odoo.tools import html2plaintext

from ...reports.xlsx_book import Book
from .hub_anonymisation import MANAGER

# Registrations and projects are the hub's as well, under the names of Odoo.
OTHERS = ("crm.lead", "event.registration")
# What the database keeps for itself: keys of links, stamps, what was computed.
HIDDEN = {
    "access_token",
    "holder_token",
    "hub_access_token",
    "frozen_json",
    "explanation",
    "activity_id",
    "message_main_attachment_id",
    "campaign_id",
    "medium_id",
    "source_id",
    "duration_tracking",
    "lead_properties",
    "registration_properties",
}
KINDS = {
    "boolean", "char", "date", "datetime", "float", "html", "integer", "many2many",
    "many2one", "monetary", "selection", "text",
}  # fmt: skip
PERSONAL = (
    "name", "email", "phone", "street", "street2", "zip", "city", "country_id",
    "function", "website", "comment", "lang", "hub_gender", "hub_birth_year",
    "hub_occupation", "hub_territory_id", "create_date",
)  # fmt: skip


class HubPersonFile(models.AbstractModel):
    """Everything held about a person, for that person: one file to hand out.

    A record is about somebody when one of its fields names the person, or when it is a
    line of a project that the person carries. A model says otherwise by ``_hub_held``
    (see ``hub.forgetting``). Confidential notes that others wrote are not handed out;
    the words shared with the person are.
    """

    _name = "hub.person.file"
    _description = "Everything held about a person"

    @api.model
    def _check_may_hand_out(self, partner):
        if not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._(
                    "The manager of the hub hands out what is held about people."
                )
            )
        partner.check_access("read")
        if partner.is_company:
            raise UserError(
                self.env._(
                    "%(name)s is an organisation: what is held about a person is handed"
                    " out to that person.",
                    name=partner.display_name,
                )
            )

    @api.model
    def _content(self, partner):
        """The file, as bytes: the same as a spreadsheet and as JSON, and the files."""
        self._check_may_hand_out(partner)
        tables = self._tables(partner)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(
                f"{self.env._('data')}.json",
                json.dumps(
                    {
                        title: [dict(zip(headings, row, strict=True)) for row in rows]
                        for title, headings, rows in tables
                    },
                    ensure_ascii=False,
                    indent=1,
                ),
            )
            archive.writestr(f"{self.env._('data')}.xlsx", self._book(partner, tables))
            for name, content in self._files(partner):
                archive.writestr(name, content)
        return buffer.getvalue()

    # ------------------------------------------------------------
    # Records
    # ------------------------------------------------------------

    @api.model
    def _tables(self, partner):
        """``[(title, headings, rows)]``, the contact first."""
        contact = partner.sudo()
        names = [name for name in PERSONAL if name in contact._fields]
        headings = [self._heading(contact, name) for name in names]
        row = [self._cell(contact, name) for name in names]
        tables = [(self.env._("Contact"), headings, [row])]
        for records in self._records(partner):
            names = self._names(records)
            headings = self._headings(records, names)
            rows = [[self._cell(record, n) for n in names] for record in records]
            tables.append((self._title(records), headings, rows))
        messages = self._messages(partner)
        if messages:
            tables.append(
                (
                    self.env._("Messages"),
                    [self.env._("Date"), self.env._("Subject"), self.env._("Text")],
                    [
                        [
                            str(message.date),
                            message.subject or "",
                            html2plaintext(message.body or "").strip(),
                        ]
                        for message in messages
                    ],
                )
            )
        return tables

    @api.model
    def _records(self, partner):
        """What this hub holds, one recordset for each model."""
        for name in sorted(self.env.registry):
            model = self.env[name].sudo().with_context(active_test=False)
            if model._abstract or model._transient or not model._auto:
                continue
            if not (name.startswith("hub.") or name in OTHERS):
                continue
            domain = self._domain(model, partner)
            if domain is None:
                continue
            if "company_id" in model._fields:
                domain &= Domain("company_id", "in", [*self.env.companies.ids, False])
            if records := model.search(domain, order="id"):
                yield records

    @api.model
    def _domain(self, model, partner):
        if hasattr(model, "_hub_held"):
            domain = model._hub_held(partner)
            return None if domain is None else Domain(domain)
        named = [
            Domain(name, "=", partner.id)
            for name, field in model._fields.items()
            if field.type == "many2one"
            and field.store
            and field.comodel_name == "res.partner"
        ]
        if "lead_id" in model._fields:
            named.append(Domain("lead_id.hub_holder_ids.partner_id", "=", partner.id))
        return Domain.OR(named) if named else None

    @api.model
    def _names(self, records):
        """Fields that say something in one of the records."""
        names = [
            name
            for name, field in records._fields.items()
            if field.type in KINDS
            and field.store
            and name not in MAGIC_COLUMNS
            and name not in HIDDEN
            and not name.startswith(("message_", "activity_"))
        ]
        return [name for name in names if any(record[name] for record in records)]

    @api.model
    def _title(self, records):
        return self.env["ir.model"].sudo()._get(records._name).name

    @api.model
    def _heading(self, records, name):
        return records._fields[name]._description_string(self.env)

    @api.model
    def _headings(self, records, names):
        """Each heading once: two fields may have the same label."""
        seen = defaultdict(int)
        headings = []
        for name in names:
            label = self._heading(records, name)
            seen[label] += 1
            headings.append(f"{label} ({seen[label]})" if seen[label] > 1 else label)
        return headings

    @api.model
    def _cell(self, record, name):
        """A value as plain words and numbers."""
        field, value = record._fields[name], record[name]
        if field.type in ("many2one", "many2many"):
            return ", ".join(value.mapped("display_name"))
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "")
        if field.type == "html":
            return html2plaintext(value or "").strip()
        if field.type == "boolean":
            return self.env._("Yes") if value else self.env._("No")
        if field.type in ("date", "datetime"):
            return str(value) if value else ""
        return value or ("" if field.type in ("char", "text") else 0)

    @api.model
    def _messages(self, partner):
        """Written by or to the person, or on the contact."""
        return (
            self.env["mail.message"]
            .sudo()
            .search(
                Domain("author_id", "=", partner.id)
                | Domain("partner_ids", "in", partner.ids)
                | (
                    Domain("model", "=", "res.partner")
                    & Domain("res_id", "=", partner.id)
                ),
                order="date, id",
            )
            .filtered(lambda message: message.body or message.subject)
        )

    # ------------------------------------------------------------
    # Files
    # ------------------------------------------------------------

    @api.model
    def _book(self, partner, tables):
        book = Book()
        title = self.env._(
            "%(hub)s: what is held about %(person)s, %(date)s",
            hub=self.env.company.name,
            person=partner.name or "",
            date=Date.context_today(self),
        )
        for name, headings, rows in tables:
            book.sheet(name, title, [(h, "text") for h in headings], rows)
        return book.content()

    @api.model
    def _files(self, partner):
        """Files of the contact and of own projects; documents that were signed."""
        leads = self.env["crm.lead"].sudo().with_context(active_test=False)
        leads = leads.search(
            Domain(leads._hub_held(partner))
            & Domain("company_id", "in", self.env.companies.ids)
        )
        parties = self.env["hub.pact.party"].sudo()
        signed = parties.search(
            Domain("partner_id", "=", partner.id)
            & Domain("company_id", "in", self.env.companies.ids)
        ).pact_id.frozen_pdf_id
        files = signed | self.env["ir.attachment"].sudo().search(
            (
                Domain("res_model", "=", "res.partner")
                & Domain("res_id", "=", partner.id)
            )
            | (Domain("res_model", "=", "crm.lead") & Domain("res_id", "in", leads.ids))
        )
        for file in files.filtered("raw"):
            name = "".join(c if c not in '\\/:*?"<>|' else "_" for c in file.name)
            yield f"{self.env._('files')}/{file.id} {name}", file.raw
