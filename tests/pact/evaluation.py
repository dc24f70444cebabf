from datetime import date

from odoo.fields import Command

from .common import PactFactory


class EvaluationFactory(PactFactory):
    """Pacts in force with a rhythm, and their evaluations."""

    @classmethod
    def _set_up_evaluations(cls):
        cls._set_up_pacts()
        cls.rachid = cls.env["res.partner"].create({"name": "Rachid Amrani"})
        ref = cls.env.ref
        cls.autonomy = ref("solidarity_hub.hub_indicator_autonomy")
        cls.appropriation = ref("solidarity_hub.hub_indicator_appropriation")
        cls.jobs = ref("solidarity_hub.hub_indicator_economic")
        cls.culture = ref("solidarity_hub.hub_indicator_cultural")
        cls.open_shop = cls.env["hub.indicator"].create(
            {"name": "Shop open", "dimension": "economic", "kind": "yes_no"}
        )

    @classmethod
    def _term(cls, indicator, **values):
        return Command.create({"indicator_id": indicator.id, **values})

    @classmethod
    def _in_force(cls, *terms, start=date(2026, 1, 1), signed=None, **values):
        """A contract in force; by default four terms, evaluated every six months."""
        terms = terms or (
            cls._term(cls.autonomy, rhythm_months=6, sequence=10),
            cls._term(cls.jobs, rhythm_months=6, sequence=20),
            cls._term(cls.culture, rhythm_months=12, sequence=30),
            cls._term(cls.open_shop, rhythm_months=12, sequence=40),
        )
        people = values.pop("people", None) or [
            (cls.amina, "concerned"),
            (cls.bernard, "volunteer"),
            (cls.rachid, "volunteer"),
        ]
        pact = cls._create_pact(
            date_start=start,
            joint_interview_on=start,
            term_ids=list(terms),
            party_ids=[
                Command.create({"partner_id": partner.id, "category": category})
                for partner, category in people
            ],
            **values,
        )
        pact.action_to_sign()
        pact.party_ids._sign(signed or start, "paper")
        return pact

    @classmethod
    def _evaluation(cls, pact, day="2026-06-30", **values):
        return cls.env["hub.evaluation"].create(
            {"pact_id": pact.id, "date": day, **values}
        )

    @classmethod
    def _person(cls, evaluation, partner):
        return evaluation.person_ids.filtered(lambda p: p.partner_id == partner)

    @classmethod
    def _line(cls, evaluation, indicator):
        return evaluation.line_ids.filtered(lambda one: one.indicator_id == indicator)

    @classmethod
    def _agreed(cls, pact, day, values, **more):
        """An evaluation that all agreed on, from the sheet on paper.

        :param values: ``{indicator: value}``, both views and what was agreed
        """
        evaluation = cls._evaluation(pact, day, **more)
        for indicator, value in values.items():
            cls._line(evaluation, indicator).write(
                {
                    "holder_value": value,
                    "volunteers_value": value,
                    "agreed_value": value,
                }
            )
        silent = evaluation.line_ids.filtered(lambda one: not one.agreed_value)
        silent.comment = "-"
        evaluation.person_ids._agree("paper", evaluation.date)
        return evaluation
