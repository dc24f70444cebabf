from odoo.exceptions import UserError
from odoo.http import request, route

from .portal import HubPortal

PAGE = "/my/hub/self-evaluation/<int:person_id>"


class HubPortalSelfEvaluation(HubPortal):
    """Somebody answers how the hub does, without the name."""

    @route(PAGE, type="http", auth="public", website=True)
    def self_evaluation(self, person_id, access_token=None, **_kwargs):
        person = self._self_evaluation_person(person_id, access_token)
        return self._render_self_evaluation(person, access_token)

    @route(f"{PAGE}/answer", type="http", auth="public", website=True, methods=["POST"])
    def self_evaluation_answer(self, person_id, access_token=None, **values):
        person = self._self_evaluation_person(person_id, access_token)
        try:
            with request.env.cr.savepoint():
                person._portal_answer(values)
        except UserError as error:
            return self._render_self_evaluation(
                person, access_token, error=str(error), typed=values
            )
        query = f"?access_token={access_token}" if access_token else ""
        return request.redirect(f"/my/hub/self-evaluation/{person_id}{query}")

    def _self_evaluation_person(self, person_id, access_token):
        """A wrong number and a wrong link get the same answer: nothing."""
        people = request.env["hub.self.evaluation.person"].sudo()
        person = people.browse(person_id).exists()
        user = request.env.user
        if not person or not (
            person._token_opens(access_token)
            or (not user._is_public() and user.partner_id == person.partner_id)
        ):
            raise request.not_found()
        return self._in_language_of(person, person.partner_id)

    def _render_self_evaluation(self, person, access_token, error=None, typed=None):
        values = person._portal_values()
        values |= {
            "page_url": f"/my/hub/self-evaluation/{person.id}",
            "access_token": access_token or "",
            "error": error,
            "typed": typed or {},
        }
        return request.render("solidarity_hub.portal_self_evaluation", values)
