import io

import pikepdf

from odoo.tests import tagged

from .archive import elements, faults
from .test_print_engine import PrintCase


def of_kind(pdf, kind):
    return next(e for e in elements(pdf.Root.StructTreeRoot) if kind == e.S)


def call(pdf, kind):
    of_kind(pdf, "/H1").S = pikepdf.Name(kind)


def untell(pdf):
    for font in pdf.objects:
        if isinstance(font, pikepdf.Dictionary) and "/ToUnicode" in font:
            del font.ToUnicode


def take_fonts_out(pdf):
    for font in pdf.objects:
        if isinstance(font, pikepdf.Dictionary) and "/FontFile2" in font:
            del font.FontFile2


def write(pdf, content):
    page = pdf.pages[0]
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + content)


def run(pdf):
    action = {"/S": pikepdf.Name.JavaScript, "/JS": "x"}
    pdf.Root.OpenAction = pdf.make_indirect(pikepdf.Dictionary(action))


@tagged("post_install", "-at_install")
class TestArchive(PrintCase):
    """What the other tests lean on: a file that lacks something is found out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.amina.comment = "<table><tr><th>a</th></tr><tr><td>b</td></tr></table>"
        cls.content = cls.report._render_qweb_pdf(cls.report.id, cls.amina.ids)[0]

    def _spoilt(self, spoil):
        with pikepdf.open(io.BytesIO(self.content)) as pdf:
            spoil(pdf)
            changed = io.BytesIO()
            pdf.save(changed)
        return faults(changed.getvalue())

    def test_a_whole_file_lacks_nothing(self):
        self.assertEqual(faults(self.content), [])
        self.assertEqual(self._spoilt(lambda pdf: None), [])

    def test_the_language_is_the_one_asked_for(self):
        self.assertEqual(faults(self.content, "xx"), ["language en-US"])

    def test_each_lack_is_found(self):
        for spoil, words in (
            (lambda pdf: pdf.Root.__delitem__("/MarkInfo"), "not marked"),
            (lambda pdf: pdf.Root.__delitem__("/Lang"), "no language"),
            (lambda pdf: pdf.Root.__delitem__("/Metadata"), "PDF/A-None"),
            (lambda pdf: pdf.docinfo.__setitem__("/Title", "x"), "titles"),
            (lambda pdf: pdf.Root.__delitem__("/OutputIntents"), "output intents"),
            (lambda pdf: pdf.Root.__delitem__("/StructTreeRoot"), "no structure"),
            (lambda pdf: of_kind(pdf, "/TH").__delitem__("/A"), "direction"),
            (
                lambda pdf: setattr(of_kind(pdf, "/H1"), "S", pikepdf.Name.H2),
                "H2 after",
            ),
            (
                lambda pdf: setattr(of_kind(pdf, "/H1"), "S", pikepdf.Name.Figure),
                "words",
            ),
            (untell, "cannot be read"),
            (take_fonts_out, "not in the file"),
            (run, "action /JavaScript"),
            (lambda pdf: write(pdf, b" 0 0 9 9 re f"), "outside of what is marked"),
        ):
            with self.subTest(words):
                self.assertIn(words, " ".join(self._spoilt(spoil)))
