from odoo.exceptions import UserError
from odoo.http import request, route
from odoo.tools.misc import get_lang

from odoo.addons.portal.controllers.portal import CustomerPortal

SIDES = {"volunteer", "holder"}


class HubPortal(CustomerPortal):
    """Pages of the people of the hub, made for a telephone."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "hub_count" in counters:
            values["hub_count"] = request.env["hub.portal"]._count(
                request.env.user.partner_id
            )
        return values

    @route("/my/hub", type="http", auth="user", website=True)
    def my_hub(self, **_kwargs):
        partner = request.env.user.partner_id
        values = self._prepare_portal_layout_values()
        values |= {
            "page_name": "hub",
            "sections": request.env["hub.portal"]._page(partner),
        }
        return request.render("solidarity_hub.portal_my_hub", values)

    @route("/my/hub/pairing/<int:pairing_id>", type="http", auth="public", website=True)
    def pairing_volunteer(self, pairing_id, access_token=None, **kwargs):
        return self._pairing_page(pairing_id, "volunteer", access_token, **kwargs)

    @route(
        "/my/hub/pairing/<int:pairing_id>/holder",
        type="http",
        auth="public",
        website=True,
    )
    def pairing_holder(self, pairing_id, access_token=None, **kwargs):
        return self._pairing_page(pairing_id, "holder", access_token, **kwargs)

    @route(
        "/my/hub/pairing/<int:pairing_id>/<string:side>/answer",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
    )
    def pairing_answer(
        self, pairing_id, side, answer=None, reason=None, access_token=None, **_kwargs
    ):
        pairing = self._pairing_of(pairing_id, side, access_token)
        if not pairing or answer not in {"yes", "no"}:
            raise request.not_found()
        if pairing._portal_is_open(side):
            try:
                pairing._record_side(side, answer, "portal", (reason or "")[:2000])
            except UserError as error:
                return self._render_pairing(
                    pairing, side, access_token, error=str(error)
                )
        path = pairing.access_url + ("/holder" if side == "holder" else "")
        query = f"?access_token={access_token}" if access_token else ""
        return request.redirect(path + query)

    def _pairing_page(self, pairing_id, side, access_token, **_kwargs):
        pairing = self._pairing_of(pairing_id, side, access_token)
        if not pairing:
            raise request.not_found()
        return self._render_pairing(pairing, side, access_token)

    def _pairing_of(self, pairing_id, side, access_token):
        """The pairing, when the token or the person logged in opens this side of it.

        A wrong number and a wrong token get the same answer: nothing.
        """
        pairing = request.env["hub.pairing"].sudo().browse(pairing_id).exists()
        if side not in SIDES or not pairing:
            return None
        people = (
            pairing.volunteer_id
            if side == "volunteer"
            else pairing.lead_id.hub_holder_ids.partner_id
        )
        user = request.env.user
        if not pairing._token_opens(side, access_token) and (
            user._is_public() or user.partner_id not in people
        ):
            return None
        return self._in_language_of(pairing, people[:1])

    def _in_language_of(self, record, person):
        """The record, on a page that speaks the language of this person."""
        lang = get_lang(request.env, person.lang).code
        request.update_context(lang=lang)
        return record.with_context(lang=lang)

    def _render_pairing(self, pairing, side, access_token, error=None):
        values = {
            "answer_url": f"{pairing.access_url}/{side}/answer",
            "access_token": access_token or "",
            "error": error,
            "hub": pairing._portal_hub(),
            "is_open": pairing._portal_is_open(side),
            "answer": pairing[f"{side}_answer"],
            "state": pairing.state,
            "project": pairing._portal_project(),
        }
        if side == "volunteer":
            values |= pairing._portal_people()
        else:
            values["person"] = pairing._portal_person()
            values["others"] = pairing._portal_others()
        return request.render(f"solidarity_hub.portal_pairing_{side}", values)
