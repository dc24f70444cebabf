from odoo.exceptions import UserError
from odoo.http import request, route

from .portal import HubPortal

PAGE = "/my/hub/evaluation/<int:person_id>"


class HubPortalEvaluation(HubPortal):
    """Somebody's place in a shared evaluation, made for a telephone."""

    @route(PAGE, type="http", auth="public", website=True)
    def evaluation(self, person_id, access_token=None, again=None, **_kwargs):
        person = self._evaluation_person(person_id, access_token)
        stage = person._portal_stage()
        if again and stage == "wait":
            stage = "give"
        elif again and stage in ("confirm", "said"):
            stage = "talk"
        return self._render_evaluation(person, stage, access_token)

    @route(
        f"{PAGE}/<string:step>",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
    )
    def evaluation_say(self, person_id, step, access_token=None, **values):
        person = self._evaluation_person(person_id, access_token)
        say = {
            "view": lambda: person._portal_give(values),
            "together": lambda: person._portal_propose(values),
            "yes": lambda: person._portal_confirm("yes", values.get("mark")),
            "no": lambda: person._portal_confirm(
                "no", values.get("mark"), values.get("reason")
            ),
        }.get(step)
        if not say:
            raise request.not_found()
        stage = {"view": "give", "together": "talk"}.get(step, person._portal_stage())
        try:
            with request.env.cr.savepoint():
                say()
        except UserError as error:
            if stage == "talk" and not person._sees_others():
                stage = person._portal_stage()
            return self._render_evaluation(
                person, stage, access_token, error=str(error), typed=values
            )
        query = f"?access_token={access_token}" if access_token else ""
        return request.redirect(f"/my/hub/evaluation/{person_id}{query}")

    @route(f"{PAGE}/sheet", type="http", auth="public", website=True)
    def evaluation_sheet(self, person_id, access_token=None, **_kwargs):
        person = self._evaluation_person(person_id, access_token)
        file = person.evaluation_id.frozen_pdf_id
        if person._portal_stage() != "agreed" or not file:
            raise request.not_found()
        return request.env["ir.binary"]._get_stream_from(file).get_response()

    def _evaluation_person(self, person_id, access_token):
        """The place, when its link or the person logged in opens it.

        A wrong number and a wrong link get the same answer: nothing.
        """
        people = request.env["hub.evaluation.person"].sudo()
        person = people.browse(person_id).exists()
        user = request.env.user
        if not person or not (
            person._token_opens(access_token)
            or (not user._is_public() and user.partner_id == person.partner_id)
        ):
            raise request.not_found()
        return self._in_language_of(person, person.partner_id)

    def _render_evaluation(self, person, stage, access_token, error=None, typed=None):
        values = person._portal_values(stage)
        values |= {
            "page_url": f"/my/hub/evaluation/{person.id}",
            "access_token": access_token or "",
            "query": f"?access_token={access_token}" if access_token else "",
            "error": error,
            "typed": typed or {},
            "has_sheet": stage == "agreed" and bool(person.evaluation_id.frozen_pdf_id),
        }
        return request.render("solidarity_hub.portal_evaluation", values)
