from odoo.exceptions import UserError
from odoo.http import request, route

from .portal import HubPortal

LONGEST_REASON = 2000
LONGEST_NAME = 200


class HubPortalCharter(HubPortal):
    """Somebody reads the charter by a personal link, and signs it or says no."""

    @route(
        "/my/hub/charter/<int:signature_id>", type="http", auth="public", website=True
    )
    def charter(self, signature_id, access_token=None, **_kwargs):
        signature = self._signature_of(signature_id, access_token)
        return self._render_charter(signature, access_token)

    @route(
        "/my/hub/charter/<int:signature_id>/answer",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
    )
    def charter_answer(
        self, signature_id, answer=None, name="", reason="", access_token=None, **_kw
    ):
        signature = self._signature_of(signature_id, access_token)
        if answer not in {"yes", "no"}:
            raise request.not_found()
        name = name.strip()[:LONGEST_NAME]
        if answer == "yes" and not name:
            error = request.env._("Please write your name: it is your signature.")
            return self._render_charter(signature, access_token, error=error)
        if signature._portal_is_open():
            try:
                signature._answer(
                    answer,
                    "portal",
                    reason=answer == "no" and reason.strip()[:LONGEST_REASON],
                    signed_name=name,
                )
            except UserError as error:
                return self._render_charter(signature, access_token, error=str(error))
        query = f"?access_token={access_token}" if access_token else ""
        return request.redirect(signature._portal_path() + query)

    def _signature_of(self, signature_id, access_token):
        """The signature that the token, or the person logged in, opens.

        A wrong number and a wrong token get the same answer: nothing.
        """
        signature = request.env["hub.charter.signature"].sudo().browse(signature_id)
        user = request.env.user
        if not signature.exists() or (
            not signature._token_opens(access_token)
            and (user._is_public() or user.partner_id != signature.partner_id)
        ):
            raise request.not_found()
        return self._in_language_of(signature, signature.partner_id)

    def _render_charter(self, signature, access_token, error=None):
        values = signature._portal_values() | {
            "answer_url": f"{signature._portal_path()}/answer",
            "access_token": access_token or "",
            "error": error,
        }
        return request.render("solidarity_hub.portal_charter", values)
