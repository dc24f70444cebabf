"""Turns one HTML document into one PDF file with WeasyPrint, where it is installed."""

import functools
import io
import logging
import threading

_logger = logging.getLogger(__name__)

PDF_OPTIONS = {"pdf_variant": "pdf/a-3a", "optimize_images": True}
# Pango and fontconfig keep state that two threads must not touch at once.
_LOCK = threading.Lock()


class PrintedDocument(io.BytesIO):
    """A PDF file that remembers its laid-out pages, so that several documents can be
    written into one file without losing their tags."""

    def __init__(self, content, document=None):
        super().__init__(content)
        self.document = document


@functools.cache
def weasyprint_module():
    """The library, or None: a hub without it prints through wkhtmltopdf."""
    for name in ("weasyprint", "weasyprint.progress", "fontTools"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        # OSError: the Python package is there, the Pango library is not
        _logger.info("WeasyPrint cannot be used: %s", error)
        return None
    return weasyprint


@functools.cache
def _fetcher_class():
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class InProcessFetcher(URLFetcher):
        """Knows ``data:`` and what this Odoo holds; opens no connection."""

        def __init__(self, resources):
            super().__init__(allowed_protocols=("data",), allow_redirects=False)
            self.resources = resources

        def fetch(self, url, headers=None):
            if url.startswith("data:"):
                return super().fetch(url, headers)
            content, mimetype = self.resources.fetch(url)
            return URLFetcherResponse(url, content, {"Content-Type": mimetype})

    return InProcessFetcher


def render(html, resources, base_url):
    """Lay one document out and write it: archivable, tagged, text that stays text."""
    weasyprint = weasyprint_module()
    with _LOCK:
        document = weasyprint.HTML(
            string=html,
            base_url=base_url,
            url_fetcher=_fetcher_class()(resources),
            media_type="print",
        ).render(presentational_hints=True, **PDF_OPTIONS)
        content = document.write_pdf(finisher=_finish, **PDF_OPTIONS)
        return PrintedDocument(content, document)


def join(documents):
    """Several laid-out documents in one tagged file; each keeps its own page count."""
    with _LOCK:
        pages = [page for document in documents for page in document.pages]
        joined = documents[0].copy(pages)
        return joined.write_pdf(finisher=_finish, **PDF_OPTIONS)


def _finish(_document, pdf):
    """What PDF/A and screen readers ask for and WeasyPrint leaves open."""
    _tell_scopes(pdf)
    _tell_parts(pdf)
    for image in pdf.objects:
        if getattr(image, "extra", {}).get("Subtype") == "/Image":
            # an archived picture looks the same in every reader
            image.extra["Interpolate"] = "false"


def _tell_scopes(pdf):
    """Say of each heading of a table whether it heads a column or a row, so that it
    is told with each cell."""
    for row in pdf.objects:
        if not isinstance(row, dict) or row.get("S") != "/TR":
            continue
        kids = [kid for kid in row["K"] if not isinstance(kid, int)]
        cells = [pdf.objects[int(kid.split()[0])] for kid in kids]
        among_cells = any(cell.get("S") == "/TD" for cell in cells)
        for cell in cells:
            if cell.get("S") == "/TH":
                cell["A"]["Scope"] = "/Row" if among_cells else "/Column"


def _tell_parts(pdf):
    """A letter drawn from several glyphs (an emoji, an Arabic letter with its marks) is
    told by one of them. The others are told as a joiner without width: PDF/A wants each
    glyph to be told as some text, and WeasyPrint leaves them empty."""
    for table in pdf.objects:
        lines = getattr(table, "stream", [])
        if b"begincmap" in lines:
            lines[:] = [
                line.removesuffix(b"<>") + b"<2060>" if line.endswith(b"> <>") else line
                for line in lines
            ]
