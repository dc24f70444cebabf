from odoo.http import Controller, request, route

# Documents of the hub weigh some hundred kilobytes.
LARGEST = 10 * 1024 * 1024


class HubVerify(Controller):
    """Is this the document that was signed? Anybody who holds it may ask."""

    @route("/hub/verify", type="http", auth="public", website=True, methods=["GET"])
    def verify(self, number="", fingerprint="", **_kwargs):
        return self._answer({"number": number, "fingerprint": fingerprint})

    @route(
        "/hub/verify/answer",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        max_content_length=LARGEST,
    )
    def verify_answer(self, file=None, fingerprint="", number="", **_kwargs):
        files = request.env["hub.pact.file"]
        content = file.read(LARGEST + 1) if hasattr(file, "read") else b""
        if content:
            found = files._verify_content(content)
        else:
            found = files._verify_mark(str(fingerprint), str(number))
        return self._answer({"asked": True, "found": found})

    def _answer(self, values):
        response = request.render("solidarity_hub.portal_verify", values)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response
