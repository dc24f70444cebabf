from odoo import fields, models
from odoo.exceptions import UserError

from . import print_engine
from .offline_html import offline
from .print_resources import PRINT_BASE, PrintResources
from .print_style import print_style


class IrActionsReport(models.Model):
    """Documents that bind are printed by the hub's own engine: text that stays text,
    tagged and archivable, one file per document, nothing fetched from outside."""

    _inherit = "ir.actions.report"

    hub_engine = fields.Boolean(
        "Hub document",
        help="Printed record by record by WeasyPrint (or by wkhtmltopdf where it is "
        "missing), in the language of the document.",
    )

    def _get_readable_fields(self):
        return super()._get_readable_fields() | {"hub_engine"}

    def report_action(self, docids, data=None, config=True):
        if not self.hub_engine:
            return super().report_action(docids, data=data, config=config)
        # The hub's letterhead needs no external layout to be chosen first.
        action = super().report_action(docids, data=data, config=False)
        return {**action, "hub_engine": True}

    def _pre_render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        # Core answers HTML during tests because wkhtmltopdf calls the server back;
        # this engine never does, so tests see the real file.
        if not self._get_report(report_ref).hub_engine:
            return super()._pre_render_qweb_pdf(report_ref, res_ids=res_ids, data=data)
        ids = [res_ids] if isinstance(res_ids, int) else res_ids
        return self._render_qweb_pdf_prepare_streams(
            report_ref, data, res_ids=ids
        ), "pdf"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        report = self._get_report(report_ref)
        if not report.hub_engine:
            return super()._render_qweb_pdf_prepare_streams(
                report_ref, data, res_ids=res_ids
            )
        self._hub_check_engine()
        data = {"report_type": "pdf", **(data or {})}
        resources = PrintResources(self.with_context(webp_as_jpg=True).env)
        if not res_ids:
            stream = self._hub_print(report, None, data, resources)
            return {False: {"stream": stream, "attachment": None}}
        streams = {}
        for record in self.env[report.model].browse(dict.fromkeys(res_ids)):
            attachment = self._hub_kept_file(report, record)
            if attachment and report.attachment_use:
                stream = print_engine.PrintedDocument(attachment.raw)
            else:
                stream = self._hub_print(report, record, data, resources)
            streams[record.id] = {"stream": stream, "attachment": attachment}
        return streams

    def _hub_check_engine(self):
        """Say plainly what is missing before any work is done."""
        if (
            print_engine.weasyprint_module()
            or self.get_wkhtmltopdf_state() != "install"
        ):
            return
        raise UserError(
            self.env._(
                "This document cannot be printed: neither WeasyPrint nor wkhtmltopdf"
                " is installed on this server. Ask whoever looks after it to run"
                " “pip install weasyprint” and to restart Odoo."
            )
        )

    def _hub_kept_file(self, report, record):
        keeps = report.attachment and not self.env.context.get(
            "report_pdf_no_attachment"
        )
        return report.retrieve_attachment(record) if keeps else None

    def _hub_print(self, report, record, data, resources):
        """One record, one document, in the language of that document."""
        printer = self
        if record is not None and hasattr(record, "_hub_print_lang"):
            printer = self.with_context(lang=record._hub_print_lang())
        html = (
            printer.with_context(debug=False)
            ._render_qweb_html(report, record and record.ids, data=data)[0]
            .decode()
        )
        if print_engine.weasyprint_module():
            return print_engine.render(html, resources, PRINT_BASE)
        content = printer._run_wkhtmltopdf(
            [offline(html, resources)], report_ref=report, landscape=False
        )
        return print_engine.PrintedDocument(content)

    def _merge_pdfs(self, streams, *args, **kwargs):
        documents = [getattr(stream, "document", None) for stream in streams]
        if not documents or not all(documents):
            return super()._merge_pdfs(streams, *args, **kwargs)
        joined = print_engine.PrintedDocument(print_engine.join(documents))
        streams.append(joined)
        return joined

    def _get_rendering_context(self, report, docids, data):
        values = super()._get_rendering_context(report, docids, data)
        if report.hub_engine:
            values["print_style"] = self._hub_print_style(report)
        return values

    def _hub_print_style(self, report):
        page_label = self.env._("Page %(page)s of %(pages)s", page="{}", pages="{}")
        return print_style(report.get_paperformat(), page_label)
