"""The style sheet of a printed document: ours, with the hub's paper and page foot."""

from markupsafe import Markup

from odoo.tools import file_open

STYLESHEET = "solidarity_hub/static/src/print/print.css"


def print_style(paper, page_label):
    """:param paper: the ``report.paperformat``
    :param page_label: "Page {} of {}" in the language of the document
    """
    with file_open(STYLESHEET) as stream:
        css = stream.read()
    edges = (
        paper.margin_top,
        paper.margin_right,
        paper.margin_bottom,
        paper.margin_left,
    )
    margins = " ".join(f"{edge}mm" for edge in edges)
    before, between, after = (_css_text(part) for part in page_label.split("{}"))
    foot = f'"{before}" counter(page) "{between}" counter(pages) "{after}"'
    return Markup(
        f"{css}\n@page {{ size: {_paper_size(paper)}; margin: {margins};"
        f" @bottom-right {{ content: {foot} }} }}"
    )


def _paper_size(paper):
    if paper.format and paper.format != "custom":
        return paper.format
    return f"{paper.page_width or 210}mm {paper.page_height or 297}mm"


def _css_text(text):
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("<", "\\3c ")
