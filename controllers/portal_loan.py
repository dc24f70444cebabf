from odoo.exceptions import UserError
from odoo.http import content_disposition, request, route

from .portal import HubPortal

LONGEST_REASON = 2000
LONGEST_NAME = 200
PDF = "application/pdf"


class HubPortalLoan(HubPortal):
    """A borrower follows the loan, takes documents, reads and signs the agreement.

    A wrong number and a wrong key get the same answer: nothing.
    """

    @route("/my/hub/loan/<int:loan_id>", type="http", auth="public", website=True)
    def loan(self, loan_id, access_token=None, **_kwargs):
        return self._render_loan(self._loan_of(loan_id, access_token), access_token)

    @route(
        "/my/hub/loan/<int:loan_id>/<string:kind>",
        type="http",
        auth="public",
        website=True,
    )
    def loan_document(self, loan_id, kind, access_token=None, **_kwargs):
        loan = self._loan_of(loan_id, access_token)
        try:
            file = loan._portal_file(kind)
        except UserError as error:
            return self._render_loan(loan, access_token, error=str(error))
        if not file:
            raise request.not_found()
        return self._send_file(*file)

    @route(
        "/my/hub/loan/signature/<int:signature_id>",
        type="http",
        auth="public",
        website=True,
    )
    def loan_agreement(self, signature_id, access_token=None, **_kwargs):
        one = self._loan_signature_of(signature_id, access_token)
        return self._render_agreement(one, access_token)

    @route(
        "/my/hub/loan/signature/<int:signature_id>/document",
        type="http",
        auth="public",
        website=True,
    )
    def loan_agreement_document(self, signature_id, access_token=None, **_kwargs):
        one = self._loan_signature_of(signature_id, access_token)
        file = one.agreement_id._portal_text()
        if not file:
            raise request.not_found()
        return self._send_file(*file)

    @route(
        "/my/hub/loan/signature/<int:signature_id>/answer",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
    )
    def loan_agreement_answer(
        self, signature_id, answer=None, name="", reason="", access_token=None, **_kw
    ):
        one = self._loan_signature_of(signature_id, access_token)
        if answer not in {"yes", "no"}:
            raise request.not_found()
        name = name.strip()[:LONGEST_NAME]
        if answer == "yes" and not name:
            error = request.env._("Please write your name: it is your signature.")
            return self._render_agreement(one, access_token, error=error)
        if one._portal_is_open():
            try:
                with request.env.cr.savepoint():
                    if answer == "yes":
                        one._sign("portal", signed_name=name)
                    else:
                        one._refuse("portal", reason.strip()[:LONGEST_REASON])
            except UserError as error:
                return self._render_agreement(one, access_token, error=str(error))
        query = f"?access_token={access_token}" if access_token else ""
        return request.redirect(one._portal_path() + query)

    def _loan_of(self, loan_id, access_token):
        loan = request.env["hub.loan"].sudo().browse(loan_id).exists()
        if not loan or not loan._portal_opens(access_token, self._who()):
            raise request.not_found()
        return self._in_language_of(loan, loan.partner_id)

    def _loan_signature_of(self, signature_id, access_token):
        one = request.env["hub.loan.signature"].sudo().browse(signature_id).exists()
        mine = one and one.role != "lender" and one.partner_id == self._who()
        # A text that is being written is for the hub alone.
        known = one and one.agreement_id.state in ("to_sign", "signed")
        if not known or not (mine or one._token_opens(access_token)):
            raise request.not_found()
        return self._in_language_of(one, one.partner_id)

    def _who(self):
        user = request.env.user
        return user.partner_id.browse() if user._is_public() else user.partner_id

    def _send_file(self, content, name):
        return request.make_response(
            content,
            [
                ("Content-Type", PDF),
                ("Content-Disposition", content_disposition(name)),
                ("X-Content-Type-Options", "nosniff"),
                ("Cache-Control", "no-store"),
            ],
        )

    def _render_loan(self, loan, access_token, error=None):
        query = f"?access_token={access_token}" if access_token else ""
        values = loan._portal_values() | {"query": query, "error": error}
        return request.render("solidarity_hub.portal_loan", values)

    def _render_agreement(self, one, access_token, error=None):
        query = f"?access_token={access_token}" if access_token else ""
        values = one._portal_values() | {
            "answer_url": f"{one._portal_path()}/answer",
            "access_token": access_token or "",
            "query": query,
            "error": error,
        }
        return request.render("solidarity_hub.portal_loan_agreement", values)
