from odoo.tools import consteq


def key_opens(known, given):
    """Whether ``given``, whatever somebody typed, is the key of a personal link."""
    return bool(known and given) and consteq(known.encode(), str(given).encode())
