"""A signature drawn on a screen, as a page sends it: bytes of a stranger."""

import base64
import binascii
import io

from PIL import Image, ImageChops

from odoo.exceptions import UserError

LARGEST = 1_000_000
WIDEST = 4000


def read_drawing(env, data):
    """The drawing as a clean PNG in base64.

    :param data: base64 of a PNG or JPEG picture
    :raises UserError: when it is none, too large, or blank
    """
    if isinstance(data, bytes):
        data = data.decode()
    if len(data or "") > LARGEST:
        raise UserError(env._("This signature is too large. Please draw it again."))
    try:
        picture = Image.open(
            io.BytesIO(base64.b64decode(data or "", validate=True)),
            formats=("PNG", "JPEG"),
        )
        if max(picture.size) > WIDEST:
            raise ValueError
        drawn = picture.convert("RGBA")
    except (binascii.Error, ValueError, OSError, TypeError) as error:
        raise UserError(
            env._("Your signature could not be read. Please draw it again.")
        ) from error
    paper = Image.new("RGBA", drawn.size, "white")
    paper.alpha_composite(drawn)
    ink = ImageChops.invert(paper.convert("L")).getbbox()
    if not ink:
        raise UserError(env._("Please draw your signature first."))
    clean = io.BytesIO()
    # without the empty paper around it, the signature is read in a small box
    drawn.crop(ink).save(clean, "PNG")
    return base64.b64encode(clean.getvalue()).decode()
