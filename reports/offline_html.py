"""Prepares a document for wkhtmltopdf, which opens whatever address it reads."""

import re
from urllib.parse import urljoin

import lxml.html

from .print_resources import PRINT_BASE

_ACTIVE = (
    "script",
    "iframe",
    "frame",
    "object",
    "embed",
    "link",
    "base",
    "video",
    "audio",
)
_LOADING = ("srcset", "poster", "background", "data", "ping")
_CSS_URL = re.compile(r"url\s*\(|@import|image-set|expression\s*\(", re.IGNORECASE)


def offline(html, resources):
    """The same document with its pictures inside and no address left to open."""
    root = lxml.html.document_fromstring(html)
    for node in root.xpath("|".join(f"//{tag}" for tag in _ACTIVE)):
        node.drop_tree()
    for node in root.xpath("//*[@style]"):
        if _CSS_URL.search(node.get("style")):
            del node.attrib["style"]
    for node in root.xpath("//style"):
        node.text = _without_addresses(node.text or "")
    for node in root.xpath("//meta[@http-equiv]"):
        node.drop_tree()
    for node in root.iter():
        for name in _LOADING:
            node.attrib.pop(name, None)
    _embed_pictures(root, resources)
    return lxml.html.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>")


def _embed_pictures(root, resources):
    for node in root.xpath("//*[@src]"):
        uri = resources.data_uri(urljoin(PRINT_BASE, node.get("src")))
        if uri:
            node.set("src", uri)
        else:
            node.attrib.pop("src")
    for node in root.xpath("//*[local-name()='image' or local-name()='use']"):
        node.drop_tree()


def _without_addresses(css):
    """Our own style sheet names fonts by address: wkhtmltopdf turns text printed in
    them into outlines, system fonts stay text."""
    css = re.sub(r"@font-face\s*{[^}]*}", "", css)
    return re.sub(r"url\s*\([^)]*\)", "none", css)
