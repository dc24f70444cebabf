from odoo.exceptions import UserError
from odoo.http import content_disposition, request, route

from ..models.pact.hub_pact_party_portal import OutdatedTextError
from .portal import HubPortal

PAGE = "/my/hub/pact/<int:party_id>"
# A drawing and a few words; nobody sends more.
LARGEST = 2 * 1024 * 1024


class HubPortalPact(HubPortal):
    """One party reads a pact, signs it or declines, by link or at the hub's table."""

    @route(PAGE, type="http", auth="public", website=True)
    def pact_page(self, party_id, access_token=None, **_kwargs):
        party = self._party_of(party_id, access_token)
        return self._render_party(party, access_token)

    @route(f"{PAGE}/in-person", type="http", auth="user", website=True)
    def pact_page_in_person(self, party_id, **_kwargs):
        party = self._party_at_the_table(party_id)
        return self._render_party(party, None, in_person=True)

    @route(f"{PAGE}/sign", type="jsonrpc", auth="public", max_content_length=LARGEST)
    def pact_sign(
        self, party_id, name=None, signature=None, access_token=None, fingerprint=None
    ):
        query = request.httprequest.args
        token = access_token or query.get("access_token")
        shown = fingerprint or query.get("fingerprint")
        party = self._party_of(party_id, token)
        return self._sign(party, self._url(party, token), shown, name, signature)

    @route(
        f"{PAGE}/in-person/sign",
        type="jsonrpc",
        auth="user",
        max_content_length=LARGEST,
    )
    def pact_sign_in_person(
        self, party_id, name=None, signature=None, fingerprint=None
    ):
        party = self._party_at_the_table(party_id)
        shown = fingerprint or request.httprequest.args.get("fingerprint")
        url = f"{party.access_url}/in-person"
        return self._sign(party, url, shown, name, signature, "in_person")

    @route(
        f"{PAGE}/decline",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        max_content_length=LARGEST,
    )
    def pact_decline(self, party_id, reason="", access_token=None, **_kwargs):
        party = self._party_of(party_id, access_token)
        if party._page_state() == "open":
            try:
                with request.env.cr.savepoint():
                    party._decline_page(reason, "portal")
            except UserError as error:
                return self._render_party(party, access_token, error=str(error))
        return request.redirect(self._url(party, access_token))

    @route(f"{PAGE}/document", type="http", auth="public")
    def pact_document(self, party_id, access_token=None, **_kwargs):
        """What this party signed, or the text to read before signing."""
        return self._send_document(self._party_of(party_id, access_token))

    @route(f"{PAGE}/in-person/document", type="http", auth="user")
    def pact_document_in_person(self, party_id, **_kwargs):
        return self._send_document(self._party_at_the_table(party_id))

    # ------------------------------------------------------------

    def _send_document(self, party):
        found = party._page_document()
        if not found:
            raise request.not_found()
        name, content = found
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Length", len(content)),
            ("Content-Disposition", content_disposition(name)),
            ("Cache-Control", "private, no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        return request.make_response(content, headers)

    def _party_of(self, party_id, access_token):
        """The party, when the token or the person logged in opens its page.

        A wrong number, a wrong token and a text not yet open to signature get the
        same answer: nothing.
        """
        party = request.env["hub.pact.party"].sudo().browse(party_id).exists()
        user = request.env.user
        if (
            not party
            or party._page_state() is None
            or not (
                party._token_opens(access_token)
                or (
                    not user._is_public()
                    and user.partner_id in (party.partner_id | party.contact_id)
                )
            )
        ):
            raise request.not_found()
        return self._in_language_of(party, party._asked_person())

    def _party_at_the_table(self, party_id):
        """The party, for whoever may record its signature."""
        party = request.env["hub.pact.party"].browse(party_id).exists()
        if (
            not party
            or not request.env.user.has_group("solidarity_hub.group_hub_adviser")
            or not party.has_access("write")
            or party.sudo()._page_state() is None
        ):
            raise request.not_found()
        party = party.sudo()
        return self._in_language_of(party, party._asked_person())

    def _url(self, party, access_token):
        query = f"?access_token={access_token}" if access_token else ""
        return party.access_url + query

    def _sign(self, party, url, fingerprint, name, drawing, channel="portal"):
        try:
            with request.env.cr.savepoint():
                party._sign_page(fingerprint, name, drawing, channel)
                request.env.flush_all()
        except OutdatedTextError as error:
            # the page is shown again, with the new text and the sentence above it
            mark = "&" if "?" in url else "?"
            return {
                "force_refresh": True,
                "redirect_url": f"{url}{mark}changed=1",
                "message": str(error),
            }
        except UserError as error:
            return {"error": str(error)}
        return {"force_refresh": True, "redirect_url": url}

    def _render_party(self, party, access_token, error=None, in_person=False):
        values = party._page_values()
        base = f"{party.access_url}/in-person" if in_person else party.access_url
        token = f"access_token={access_token}&" if access_token else ""
        if request.params.get("changed") and values["state"] == "open":
            error = error or party._changed_sentence()
        values |= {
            "access_token": access_token or "",
            "error": error,
            "in_person": in_person,
            "back_url": f"/odoo/pacts/{party.pact_id.id}" if in_person else "",
            "sign_url": f"{base}/sign?{token}fingerprint={values.get('fingerprint')}",
            "decline_url": f"{party.access_url}/decline",
            "document_url": self._url(party, access_token).replace(
                party.access_url, f"{base}/document"
            ),
        }
        response = request.render("solidarity_hub.portal_pact", values)
        # The address is a key: it is neither kept nor told to other sites.
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
        return response
