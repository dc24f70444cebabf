from datetime import date

from odoo.fields import Command


def fill_evaluations(env, word, lead, holder, volunteer):
    """A record of everything that evaluating leaves, ``{model: records}``."""
    indicator = env.ref("solidarity_hub.hub_indicator_autonomy")
    contract = env["hub.pact"].create(
        {
            "name": f"{word} contract",
            "form": "accompaniment_contract",
            "lang": "en_US",
            "date_start": "2020-01-01",
            "date_end": "2099-12-31",
            "joint_interview_on": "2020-01-01",
            "lead_ids": [Command.set(lead.ids)],
            "goal_ids": [Command.create({"name": f"{word} goal"})],
            "commitment_ids": [
                Command.create({"name": f"{word} deed", "category": "volunteer"})
            ],
            "term_ids": [Command.create({"indicator_id": indicator.id})],
            "party_ids": [
                Command.create({"partner_id": holder.id, "category": "concerned"}),
                Command.create({"partner_id": volunteer.id, "category": "volunteer"}),
            ],
        }
    )
    contract.action_to_sign()
    contract.party_ids._sign(date(2020, 1, 1), "paper")
    evaluation = env["hub.evaluation"].create(
        {"pact_id": contract.id, "date": "2020-06-30", "words": f"{word} words"}
    )
    line = evaluation.line_ids
    line.write({"holder_value": "1", "volunteers_value": "2", "agreed_value": "2"})
    evaluation.person_ids._agree("paper", date(2020, 6, 30))
    chosen = env["hub.indicator.set"].create(
        {"name": f"{word} set", "indicator_ids": [Command.set(indicator.ids)]}
    )
    # a hub has one of each year
    free = 2020 + env["hub.self.evaluation"].search_count([])
    year = env["hub.evaluation.year"].create({"year": free})
    own = env["hub.self.evaluation"].create(
        {
            "year": free,
            "words": f"{word} words",
            "person_ids": [Command.create({"partner_id": volunteer.id})],
        }
    )
    own._take_answers({own.line_ids[0].id: "3"})
    answers = env["hub.self.evaluation.answer"].search(
        [("line_id", "in", own.line_ids.ids)]
    )
    review = env["hub.annual.review"].create(
        {
            "year": 1990 + free - 2020,
            "introduction": f"{word} words",
            "set_id": chosen.id,
            "point_ids": [Command.create({"text": f"{word} finding"})],
            "person_ids": [Command.create({"partner_id": volunteer.id})],
        }
    )
    review.college_line_ids[0].signer_id = volunteer
    env["hub.review.breakdown"].create(
        {
            "review_id": review.id,
            "base": "person.accompanied",
            "dimension": "gender",
            "dimension_label": f"{word} gender",
            "part": "others",
        }
    )
    review._take_answers({indicator.id: "2"})
    said = env["hub.review.answer"].search([("review_id", "=", review.id)])
    records = (review, review.figure_ids, review.breakdown_ids, review.point_ids)
    records += (review.college_line_ids, review.person_ids, said)
    found = {record._name: record for record in records}
    records = (evaluation, line, evaluation.person_ids, line.view_ids, chosen)
    records += (year, year.line_ids, own, own.line_ids, own.person_ids, answers)
    return found | {record._name: record for record in records}
