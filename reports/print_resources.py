"""Finds, inside this process, whatever a printed document shows.

A document names pictures, fonts and bar codes by web address. Printing them must
not depend on a web server that answers, and must never tell a foreign host that
somebody is reading: everything is answered here, or refused.
"""

import base64
import logging
import mimetypes
import re
from urllib.parse import parse_qsl, unquote, urlsplit

from odoo.tools import file_open
from odoo.tools.mimetypes import guess_mimetype

_logger = logging.getLogger(__name__)

# A host that cannot exist: relative addresses in a template resolve to it.
PRINT_BASE = "http://print.invalid/"
_STATIC = re.compile(r"^/\w+/static/")
_IMAGE = re.compile(
    r"^/web/image/(?:(?P<model>[a-z][\w.]*)/(?P<res_id>\d+)/(?P<field>\w+)"
    r"|(?P<attachment>\d+)(?:-[^/]*)?)(?:/|$)"
)
_BARCODE = re.compile(r"^/report/barcode/(?:(?P<kind>\w+)/(?P<value>.+))?$")


class RefusedResource(ValueError):
    """The document asked for something that is not ours to fetch."""


class PrintResources:
    """Answers ``(bytes, mimetype)`` for the addresses of one print job, with the
    rights of the user who prints."""

    def __init__(self, env):
        self.env = env
        self.refused = set()
        get_param = env["ir.config_parameter"].sudo().get_param
        own = (PRINT_BASE, get_param("web.base.url"), get_param("report.url"))
        self._hosts = {urlsplit(url).netloc for url in own if url}
        self._cache = {}

    def fetch(self, url):
        if url not in self._cache:
            try:
                self._cache[url] = self._find(url)
            except Exception as error:
                # A picture that is missing must not keep a contract from printing.
                self.refused.add(url)
                _logger.info("Not shown in the printed document: %s (%s)", url, error)
                self._cache[url] = None
        if self._cache[url] is None:
            raise RefusedResource(url)
        return self._cache[url]

    def data_uri(self, url):
        """The content of ``url`` as a data URI, or False where it is refused."""
        if url.startswith("data:"):
            return url
        try:
            content, mimetype = self.fetch(url)
        except RefusedResource:
            return False
        return f"data:{mimetype};base64,{base64.b64encode(content).decode()}"

    def _find(self, url):
        parts = urlsplit(url)
        if parts.netloc not in self._hosts and (parts.netloc or parts.scheme):
            raise RefusedResource("foreign host")
        path, query = unquote(parts.path), dict(parse_qsl(parts.query))
        if _STATIC.match(path):
            return self._static(path)
        if match := _IMAGE.match(path):
            return self._image(match.groupdict(), query)
        if match := _BARCODE.match(path):
            return self._barcode(match.groupdict(), query)
        raise RefusedResource("unknown kind of address")

    @staticmethod
    def _static(path):
        if ".." in path.split("/"):
            raise RefusedResource("not a public file")
        with file_open(path.lstrip("/"), "rb") as stream:
            content = stream.read()
        return content, mimetypes.guess_type(path)[0] or guess_mimetype(content)

    def _image(self, found, query):
        model, field = found["model"] or "ir.attachment", found["field"] or "raw"
        record = self.env["ir.binary"]._find_record(
            res_model=model,
            res_id=int(found["res_id"] or found["attachment"]),
            access_token=query.get("access_token"),
            field=field,
        )
        if model == "ir.attachment" and record.type == "url":
            return self._find(record.url)
        value = record.with_context(bin_size=False)[field]
        content = value if field == "raw" else base64.b64decode(value or b"")
        if not content:
            raise RefusedResource("empty picture")
        return content, guess_mimetype(content)

    def _barcode(self, found, query):
        kind = found["kind"] or query.pop("barcode_type")
        value = found["value"] or query.pop("value")
        allowed = ("width", "height", "humanreadable", "quiet", "barLevel")
        options = {name: query[name] for name in allowed if name in query}
        return self.env["ir.actions.report"].barcode(
            kind, value, **options
        ), "image/png"
